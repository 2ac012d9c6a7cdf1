import { expect, test } from 'vitest'
import { backOffMillis } from './back-off.ts'

test.each([
  [1, 0, 250],
  [1, 1, 500],
  [2, 1, 1_000],
  [5, 0.5, 6_000],
  [7, 1, 30_000],
  [1_000, 0, 15_000],
])('after %i failures, with the chance %d: %i ms', (failures, chance, millis) => {
  expect(backOffMillis(failures, { chance })).toBe(millis)
})
