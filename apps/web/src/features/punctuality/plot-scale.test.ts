import { expect, test } from 'vitest'
import { heightOf, steps } from './plot-scale.ts'

test('a longer time stands higher, and nothing stands outside', () => {
  const heights = [0, 0.1, ...steps.map(({ seconds }) => seconds), 1e9].map(heightOf)
  expect(heights).toEqual(heights.toSorted((a, b) => a - b))
  expect(heights[0]).toBe(0)
  expect(heights.at(-1)).toBe(1)
})
