import { expect, test } from 'vitest'
import { whyNoAtomPlace } from './plan-atom-place.ts'

test.each([
  [true, { environmentId: null }, null],
  [true, { environmentId: 'e1' }, 'atom-in-environment'],
  [true, undefined, 'atom-missing'],
  [false, { environmentId: null }, 'environments-on'],
  [false, undefined, 'environments-on'],
] as const)('D-28 with legacy deployment %s, the Atom %j: %s', (isLegacy, atom, expected) => {
  expect(whyNoAtomPlace(isLegacy, atom)).toBe(expected)
})
