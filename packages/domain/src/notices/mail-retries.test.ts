import { expect, test } from 'vitest'
import { mailRetrySeconds } from './mail-retries.ts'

test.each([
  [0, 30],
  [1, 30],
  [2, 60],
  [4, 240],
  [8, 3_600],
  [500, 3_600],
])('after %i attempts it waits %i seconds', (attempts, seconds) => {
  expect(mailRetrySeconds(attempts)).toBe(seconds)
})
