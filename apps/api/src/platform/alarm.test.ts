import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAlarm } from './alarm.ts'
import { neverStops } from './stop-signal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Whether it is over after so many milliseconds, of which each hundredth rings up to a certain one. */
async function isQuietAfter(millis: number, ringsUntil: number) {
  const alarm = createAlarm(neverStops)
  let isOver = false
  void alarm.settle(250, 2_000).then(() => (isOver = true))
  for (let at = 100; at <= millis; at += 100) {
    await vi.advanceTimersByTimeAsync(100)
    if (at <= ringsUntil) alarm.ring()
  }
  return isOver
}

test('settles once nothing has rung for a while', async () => {
  expect(await isQuietAfter(300, 0)).toBe(true)
  expect(await isQuietAfter(400, 300)).toBe(false)
  expect(await isQuietAfter(900, 300)).toBe(true)
})

test('settles in the end, however often it rings', async () => {
  expect(await isQuietAfter(1_900, 5_000)).toBe(false)
  expect(await isQuietAfter(2_300, 5_000)).toBe(true)
})

test('a sleep says whether a ring has ended it', async () => {
  const alarm = createAlarm(neverStops)
  const slept = alarm.sleep(1_000)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await slept).toBe(false)
  alarm.ring()
  expect(await alarm.sleep(1_000)).toBe(true)
})

test('what rang before is over, what rings later ends the next sleep', async () => {
  const alarm = createAlarm(neverStops)
  alarm.ring()
  const settling = alarm.settle(250, 2_000)
  await vi.advanceTimersByTimeAsync(300)
  await settling
  let isAwake = false
  void alarm.sleep(5_000).then(() => (isAwake = true))
  await vi.advanceTimersByTimeAsync(100)
  expect(isAwake).toBe(false)
  alarm.ring()
  await vi.advanceTimersByTimeAsync(0)
  expect(isAwake).toBe(true)
})

test('whoever is told to stop sleeps no longer, and neither settles nor sleeps again', async () => {
  const stopping = new AbortController()
  const alarm = createAlarm(stopping.signal)
  const slept = alarm.sleep(5_000)
  stopping.abort()
  expect(await slept).toBe(false)
  expect(await alarm.sleep(5_000)).toBe(false)
  alarm.ring()
  await alarm.settle(250, 2_000)
})

test('stops to settle when it is told to stop, however often it rings', async () => {
  const stopping = new AbortController()
  const alarm = createAlarm(stopping.signal)
  const settling = alarm.settle(250, 2_000)
  alarm.ring()
  stopping.abort()
  await settling
  expect(vi.getTimerCount()).toBe(0)
})
