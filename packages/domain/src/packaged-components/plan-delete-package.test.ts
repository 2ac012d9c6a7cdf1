import { describe, expect, test } from 'vitest'
import { planDeleteComponent } from './plan-delete-component.ts'
import { type PackageUses, planDeletePackage, planRestorePackage } from './plan-delete-package.ts'

const unused: PackageUses = {
  releasedInPacks: [],
  inScheduledReleases: [],
  pendingInPacks: [],
  deployedToEnvironments: [],
}
const where = [{ id: 'p1', name: 'Orders to ERP' }]

describe('R-22 a package in use cannot be deleted, and the refusal says where it is used', () => {
  test.each([
    ['releasedInPacks', 'released-in-pack'],
    ['inScheduledReleases', 'chosen-in-scheduled-release'],
    ['pendingInPacks', 'pending-in-pack'],
    ['deployedToEnvironments', 'deployed'],
  ] as const)('%s', (use, reason) => {
    expect(planDeletePackage(false, { ...unused, [use]: where })).toEqual({
      kind: 'refused',
      reason: 'package-in-use',
      uses: [{ reason, where }],
    })
  })

  test('several uses are all named', () => {
    const outcome = planDeletePackage(false, {
      ...unused,
      releasedInPacks: where,
      deployedToEnvironments: where,
    })
    expect(outcome).toMatchObject({ uses: [{ reason: 'released-in-pack' }, { reason: 'deployed' }] })
  })

  test('an unused one can be deleted, once', () => {
    expect(planDeletePackage(false, unused)).toEqual({ kind: 'planned' })
    expect(planDeletePackage(true, unused)).toEqual({ kind: 'refused', reason: 'package-already-deleted' })
  })
})

test('R-23 a deleted package can be restored, an active one cannot', () => {
  expect(planRestorePackage(true)).toEqual({ kind: 'planned' })
  expect(planRestorePackage(false)).toEqual({ kind: 'refused', reason: 'package-not-deleted' })
})

test('R-25 a component in packs cannot be deleted; the refusal names the packs', () => {
  expect(planDeleteComponent(false, where)).toEqual({
    kind: 'refused',
    reason: 'component-in-packs',
    packs: where,
  })
  expect(planDeleteComponent(false, [])).toEqual({ kind: 'planned' })
  expect(planDeleteComponent(true, [])).toEqual({ kind: 'refused', reason: 'component-already-deleted' })
})
