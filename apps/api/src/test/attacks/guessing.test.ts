import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { verifyPassword } from '../../platform/password-hash.ts'
import { handleProblems } from '../../platform/problems.ts'
import { limitSignIns } from '../../platform/sign-in-limit.ts'
import { createAccount, createUser } from '../people.ts'
import { basic, createScript } from '../platform-api/platform-caller.ts'
import { callerOf, createTestApp } from '../test-app.ts'

const app = await createTestApp()
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)
const user = () => createUser(app, { accountIds: [accountId], password, role: 'administrator' })

/** What the work costs this process, whoever else is busy on the machine. */
async function cpuMicros(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user: own, system } = process.cpuUsage(before)
  return own + system
}

const middleOf = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

/** Another address each time, so that no limit is what answers. */
let addresses = 0
const signInByScript = (email: string, given: string) =>
  app.app.inject({
    method: 'POST',
    url: `/api/rest/v1/${accountId}/Environment/query`,
    headers: { authorization: basic(email, given) },
    remoteAddress: `10.8.${Math.floor(addresses / 250)}.${addresses++ % 250}`,
  })

test('23 an unknown user costs as much work as a known one, at both fronts', async () => {
  const signIn = (who: string) =>
    callerOf(app.app)('POST', '/session', { body: { email: who, password: 'wrong' } })
  const byScript = (who: string) => signInByScript(who, 'wrong')
  for (const attempt of [signIn, byScript]) {
    const known = []
    const unknown = []
    // By turns, and the middle one counts: what else a process does now and then falls on some of them.
    for (let round = 0; round < 5; round++) {
      const { email } = await user()
      known.push(await cpuMicros(() => attempt(email)))
      unknown.push(await cpuMicros(() => attempt(`nobody-${round}@example.test`)))
    }
    expect(middleOf(unknown)).toBeGreaterThan(middleOf(known) / 3)
  }
  // Without the hash there would be next to nothing to do.
  const hash = await cpuMicros(() => verifyPassword('wrong', undefined))
  const nothing = await cpuMicros(async () => app.db.user.findFirst({ where: { email: 'nobody' } }))
  expect(hash).toBeGreaterThan(nothing)
})

test('23 the front for scripts says the same to an unknown user, a wrong password and a locked user', async () => {
  const { email } = await user()
  const answers = [await signInByScript('nobody@example.test', 'wrong'), await signInByScript(email, 'wrong')]
  for (let count = 1; count < 6; count++) await signInByScript(email, 'wrong')
  answers.push(await signInByScript(email, password))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401])
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  const { email: other } = await user()
  expect((await signInByScript(other, password)).statusCode).toBe(200)
})

test('24 one password tried on very many users from one address is stopped before it is hashed', async () => {
  const bare = Fastify()
  handleProblems(bare)
  bare.post('/sign-in', { preHandler: limitSignIns(app.db) }, () => 'hashed')
  const attemptOf = (email: string, remoteAddress: string) =>
    bare.inject({ method: 'POST', url: '/sign-in', remoteAddress, payload: { email } })
  const attempt = (at: number, remoteAddress = '203.0.113.7') =>
    attemptOf(`user-${at}@example.test`, remoteAddress)
  const statuses = []
  for (let at = 0; at < 201; at++) statuses.push((await attempt(at)).statusCode)
  expect(statuses.slice(0, 200).every((status) => status === 200)).toBe(true)
  expect(statuses[200]).toBe(429)
  expect((await attempt(1, '203.0.113.8')).statusCode).toBe(200)

  // However it is written, it is the address of one user.
  for (let at = 0; at < 30; at++)
    await attemptOf(at % 2 ? 'victim@example.test' : 'VİCTIM@example.test', '203.0.113.9')
  expect((await attemptOf('Victİm@example.test', '203.0.113.9')).statusCode).toBe(429)
  await bare.close()
})

test('24 whoever locks a victim out ends neither their session nor their scripts, and not for long', async () => {
  const victim = await createScript(app, { accountId })
  for (let count = 0; count < 20; count++) await signInByScript(victim.email, 'wrong')
  const { lockedUntil } = await app.db.user.findUniqueOrThrow({ where: { id: victim.userId } })
  expect(lockedUntil).not.toBeNull()
  expect((await victim.call('GET', '/session')).statusCode).toBe(200)
  expect((await victim.send('POST', '/Environment/query')).statusCode).toBe(200)

  // More bad attempts do not make it last longer, and another one may lift it.
  await signInByScript(victim.email, 'wrong')
  const later = await app.db.user.findUniqueOrThrow({ where: { id: victim.userId } })
  expect(later.lockedUntil).toEqual(lockedUntil)
  const admin = await createScript(app, { accountId })
  expect((await admin.call('DELETE', `/users/${victim.userId}/lock`)).statusCode).toBeLessThan(300)
  const unlocked = await app.db.user.findUniqueOrThrow({ where: { id: victim.userId } })
  expect(unlocked.lockedUntil).toBeNull()
})
