import { expect, test } from 'vitest'
import { pauseAfterFaults, pauseUntilDue } from './queue-pauses.ts'

test.each([
  ['nothing waits', undefined, 0, 5_000],
  ['nothing waits, and another instance looks at another time', undefined, 0.9, 4_550],
  ['the next one is a day away', 86_400_000, 0, 5_000],
  ['the next one is due in three seconds', 3_000, 0.9, 3_000],
  ['it is due in a moment', 0.4, 0, 20],
  ['it has just been claimed by another instance', 0, 0, 20],
  ['another one has held it for half a second', -500, 0, 125],
  ['another one has held it for an hour', -3_600_000, 0.9, 250],
])('%s', (_, untilDue, jitter, pause) => {
  expect(pauseUntilDue(untilDue, jitter)).toBeCloseTo(pause)
})

test('a fault is soon tried again, and a server that stays away is left in peace', () => {
  expect([1, 2, 3, 4, 5, 6, 99].map((faults) => pauseAfterFaults(faults, 0))).toEqual([
    100, 200, 400, 800, 1_000, 1_000, 1_000,
  ])
  expect(pauseAfterFaults(99, 0.99)).toBeCloseTo(1_495)
})
