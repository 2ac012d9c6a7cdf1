import type fc from 'fast-check'
import { expect } from 'vitest'
import { type PackLife, standing } from './pack-life.ts'
import { type RealPackLife, readRealLife, readStanding, setTime } from './real-pack-life.ts'

export type Step = fc.AsyncCommand<PackLife, RealPackLife>
/** What a step is expected to answer: a status, and with a refusal its code. */
type Expected = { status: number; code?: string }
export type Answer = { statusCode: number; json: () => unknown; body: string }

export const minute = 60_000

/** A step that is always tried: a refusal is an answer to be predicted like any other. */
export const step = (name: string, run: (life: PackLife, real: RealPackLife) => Promise<void>): Step => ({
  check: () => true,
  run: async (life, real) => {
    // Business time runs on by itself while a step takes place: a minute between steps keeps it from going back.
    life.now += minute
    await setTime(real, life.now)
    await run(life, real)
    await expectSame(life, real)
  },
  toString: () => name,
})

export function expectAnswer(answer: Answer, { status, code }: Expected) {
  expect({ status: answer.statusCode, body: answer.body }).toMatchObject({ status })
  if (code !== undefined) expect(answer.json()).toMatchObject({ code })
}

async function expectSame(life: PackLife, real: RealPackLife) {
  expect(await readRealLife(real)).toEqual({
    releases: life.releases.map(({ sequence, status, dueAt }) => ({
      sequence,
      status,
      ...(status === 'SCHEDULED' && { dueAt }),
    })),
    current: life.current,
    accounts: life.accounts.map(({ installation }) =>
      installation
        ? {
            count: installation.count,
            last: installation.last,
            attached: installation.attached.map((one) => one && [one.release, one.number]),
          }
        : null,
    ),
  })
  for (const [index, account] of life.accounts.entries()) {
    if (account.isSuspended) continue
    for (const environment of account.installation?.attached.keys() ?? []) {
      expect(await readStanding(real, index, environment)).toBe(standing(life, account, environment))
    }
  }
}
