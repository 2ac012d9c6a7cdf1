import { expect, test } from 'vitest'
import { createTestApp } from '../test/test-app.ts'
import { createShareOfWork, partOf } from './share-of-work.ts'

const { db } = await createTestApp()

/** An instance that computes for such a share of its time. */
function instance(share: number, work: 'releases' | 'notices' = 'releases') {
  const clock = { now: 0 }
  const mayTakePart = createShareOfWork(work, {
    now: () => clock.now,
    utilization: (since) => ({ idle: 0, active: 0, utilization: since ? share : 0 }),
  })
  return { clock, mayTakePart, asks: () => db.$transaction(mayTakePart) }
}

/** What is said to the one that asks while a step of the other is under way. */
const whileAtWork = (worker: ReturnType<typeof instance>, other: ReturnType<typeof instance>) =>
  db.$transaction(async (tx) => {
    expect(await worker.mayTakePart(tx)).toBe(true)
    return other.asks()
  })

test('works alone when it is asked for much, and never leaves it to others for long', () => {
  expect(partOf({ share: 0.05, leftForMillis: 0 })).toBe('beside-others')
  expect(partOf({ share: 0.5, leftForMillis: 0 })).toBe('alone')
  expect(partOf({ share: 1, leftForMillis: 14_999 })).toBe('alone')
  expect(partOf({ share: 1, leftForMillis: 15_000 })).toBe('beside-others')
})

test('a busy instance leaves the work to one that is at it, and does it where nobody is', async () => {
  const busy = instance(0.5)
  expect(await busy.asks()).toBe(true)
  expect(await whileAtWork(instance(0), busy)).toBe(false)
  expect(await whileAtWork(instance(0.5), busy)).toBe(false)
  // Their transactions are over.
  expect(await busy.asks()).toBe(true)
})

test('who began while a busy instance was at work keeps it from its next step', async () => {
  const busy = instance(0.5)
  const other = Promise.withResolvers<void>()
  let isOver: Promise<void> | undefined
  await db.$transaction(async (tx) => {
    expect(await busy.mayTakePart(tx)).toBe(true)
    const hasBegun = Promise.withResolvers<void>()
    isOver = db.$transaction(async (later) => {
      expect(await instance(0).mayTakePart(later)).toBe(true)
      hasBegun.resolve()
      await other.promise
    })
    await hasBegun.promise
  })
  expect(await busy.asks()).toBe(false)
  other.resolve()
  await isOver
  expect(await busy.asks()).toBe(true)
})

test('what is told keeps no release waiting', async () => {
  expect(await whileAtWork(instance(0.5, 'notices'), instance(0.5))).toBe(true)
})

test('an instance that has time works beside all others', async () => {
  expect(await whileAtWork(instance(0), instance(0))).toBe(true)
  expect(await whileAtWork(instance(0.5), instance(0))).toBe(true)
})

test('a busy instance that has left it to others for fifteen seconds does a step, and leaves it to them again', async () => {
  const busy = instance(0.5)
  const other = instance(0)
  expect(await whileAtWork(other, busy)).toBe(false)
  busy.clock.now = 14_000
  expect(await whileAtWork(other, busy)).toBe(false)
  busy.clock.now = 15_000
  expect(await whileAtWork(other, busy)).toBe(true)
  expect(await whileAtWork(other, busy)).toBe(false)
})
