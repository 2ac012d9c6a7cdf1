import { expect, test } from 'vitest'
import { whyNoAtomPlace } from './plan-atom-place.ts'

test.each([
  [true, { environmentId: null, isForeignCloud: false }, null],
  [true, { environmentId: 'e1', isForeignCloud: false }, 'atom-in-environment'],
  [true, { environmentId: null, isForeignCloud: true }, 'cloud-of-another-account'],
  [true, undefined, 'atom-missing'],
  [false, { environmentId: null, isForeignCloud: false }, 'environments-on'],
  [false, undefined, 'environments-on'],
] as const)('D-28 with legacy deployment %s, the Atom %j: %s', (isLegacy, atom, expected) => {
  expect(whyNoAtomPlace(isLegacy, atom)).toBe(expected)
})
