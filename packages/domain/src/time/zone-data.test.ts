import { expect, test } from 'vitest'
import { isNewerZoneData } from './zone-data.ts'

test.each([
  ['2026f', '2026c', true],
  ['2027a', '2026f', true],
  ['2026c', '2026c', false],
  ['2025b', '2026a', false],
  ['2026za', '2026z', true],
  ['', '2026c', false],
  ['unknown', '2026c', false],
  ['2026c', '', false],
])('%s after %s: %s', (candidate, inUse, expected) => {
  expect(isNewerZoneData(candidate, inUse)).toBe(expected)
})
