import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('does more with every success up to all, and little again after a failure', () => {
  const pace = createPace()
  const steps = Array.from({ length: 5 }, () => {
    const step = pace.of(2_000)
    pace.succeeded()
    return step
  })
  expect(steps).toEqual([250, 500, 1_000, 2_000, 2_000])
  pace.failed()
  expect(pace.of(2_000)).toBe(250)
})

test('never does nothing', () => {
  expect(createPace().of(1)).toBe(1)
})
