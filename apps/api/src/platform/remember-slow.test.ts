import { expect, test } from 'vitest'
import { rememberSlow } from './remember-slow.ts'

/** A load that takes as long as the test says, on a clock of the test's own. */
function scene({ isMuchWork = true } = {}) {
  const at = { now: 0, loads: 0 }
  let takes = 0
  let fails = false
  const remember = rememberSlow<number>(
    () => isMuchWork,
    () => at.now,
  )
  const load = (key: string) =>
    remember.tell(key, () => {
      if (key === 'broken' || fails) return Promise.reject(new Error('broken'))
      at.loads += 1
      at.now += takes
      return Promise.resolve(at.loads)
    })
  return {
    at,
    load,
    forget: remember.forget,
    take: (millis: number) => (takes = millis),
    fail: (next: boolean) => (fails = next),
  }
}

test('what is quick is always new', async () => {
  const { load, take } = scene()
  take(99)
  expect(await load('a')).toBe(1)
  expect(await load('a')).toBe(2)
})

test('what is little work is always new, however long a busy machine takes', async () => {
  const { load, take } = scene({ isMuchWork: false })
  take(10_000)
  expect(await load('a')).toBe(1)
  expect(await load('a')).toBe(2)
})

test('what is slow is told again for twenty times as long, and then once more while it is worked out anew', async () => {
  const { at, load, take } = scene()
  take(200)
  expect(await load('a')).toBe(1)
  at.now += 3_999
  expect(await load('a')).toBe(1)
  expect(await load('b')).toBe(2)
  at.now += 1
  expect(await load('a')).toBe(1)
  expect(await load('a')).toBe(3)
})

test('what nobody has asked for in a while is waited for', async () => {
  const { at, load, take } = scene()
  take(200)
  expect(await load('a')).toBe(1)
  at.now += 4_000 + 60_000
  expect(await load('a')).toBe(2)
})

test('a failure behind what is told is told to nobody', async () => {
  const { at, load, take, fail } = scene()
  take(200)
  expect(await load('a')).toBe(1)
  at.now += 4_000
  fail(true)
  expect(await load('a')).toBe(1)
  fail(false)
  expect(await load('a')).toBe(2)
})

test('those who ask meanwhile share one answer', async () => {
  const { load } = scene()
  expect(await Promise.all([load('a'), load('a'), load('a')])).toEqual([1, 1, 1])
})

test('a failure is not remembered', async () => {
  const { load } = scene()
  await expect(load('broken')).rejects.toThrow('broken')
  await expect(load('broken')).rejects.toThrow('broken')
})

test('only so many are remembered', async () => {
  const { at, load, take } = scene()
  take(1_000)
  await load('first')
  take(0)
  for (let index = 0; index < 200; index += 1) await load(`other ${index}`)
  const before = at.loads
  await load('first')
  expect(at.loads).toBe(before + 1)
})

test('what somebody has changed is worked out anew', async () => {
  const { load, take, forget } = scene()
  take(1_000)
  expect(await load('a')).toBe(1)
  forget('a')
  expect(await load('a')).toBe(2)
})
