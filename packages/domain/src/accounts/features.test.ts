import { describe, expect, test } from 'vitest'
import { effectiveFeatures } from './features.ts'

describe('R-2 a feature works only with the features it requires', () => {
  test('multi-install alone does nothing', () => {
    expect(effectiveFeatures(['multi-install'])).toEqual(new Set())
  })

  test('multi-install works beside integration pack management', () => {
    expect(effectiveFeatures(['multi-install', 'integration-pack-management'])).toEqual(
      new Set(['multi-install', 'integration-pack-management']),
    )
  })

  test('independent features stay', () => {
    expect(effectiveFeatures(['account-groups'])).toEqual(new Set(['account-groups']))
  })
})
