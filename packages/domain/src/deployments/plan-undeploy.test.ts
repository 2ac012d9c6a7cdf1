import { expect, test } from 'vitest'
import { whyNotUndeploy } from './plan-undeploy.ts'

test.each([
  [false, true, null],
  [false, false, 'deployment-ended'],
  [true, true, 'deployed-through-pack'],
  [true, false, 'deployed-through-pack'],
] as const)('through a pack %s, active %s: %s', (isThroughPack, isActive, expected) => {
  expect(whyNotUndeploy({ isThroughPack, isActive })).toBe(expected)
})
