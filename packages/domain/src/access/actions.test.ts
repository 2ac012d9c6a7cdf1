import { describe, expect, test } from 'vitest'
import type { AccountFeature } from '../accounts/features.ts'
import { type Action, actionTable, mayDo } from './actions.ts'
import { type DefaultRole, privilegesOf, privilegeTable } from './privileges.ts'

const allActions = Object.keys(actionTable) as Action[] // the record is keyed by Action
const packFeatures = new Set<AccountFeature>(['integration-pack-management', 'multi-install'])
const roleOf = (defaultRole: DefaultRole) => privilegesOf([{ defaultRole, privileges: [] }])

const packActions: Action[] = [
  'view-packs',
  'create-pack',
  'create-multi-pack',
  'edit-pack',
  'delete-pack',
  'change-pack-contents',
  'view-releases',
  'release-pack',
  'reschedule-release',
  'change-release-versions',
  'release-now',
  'cancel-release',
  'retry-release',
]

describe('R-1 everything about packs needs Integration Pack', () => {
  test.each(packActions)('%s', (action) => {
    const allowed = { kind: 'allowed' }
    expect(mayDo(action, { privileges: roleOf('standard-user'), features: packFeatures })).toEqual(allowed)
    expect(mayDo(action, { privileges: roleOf('administrator'), features: packFeatures })).toEqual(allowed)
    for (const role of ['production-support', 'support'] as const) {
      expect(mayDo(action, { privileges: roleOf(role), features: packFeatures })).toMatchObject({
        kind: 'refused',
        reason: 'privilege-missing',
      })
    }
  })

  test('the refusal says what to do', () => {
    const outcome = mayDo('release-pack', { privileges: new Set(), features: packFeatures })
    expect(outcome).toEqual({
      kind: 'refused',
      reason: 'privilege-missing',
      sentence: 'Releasing needs the privilege Integration Pack. Ask an administrator of this account.',
    })
  })
})

describe('R-2 without the account feature the area is absent', () => {
  test.each(packActions)('%s is off even for an administrator', (action) => {
    const outcome = mayDo(action, { privileges: roleOf('administrator'), features: new Set() })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'feature-off' })
  })

  test('Multiple Attachments needs its own feature', () => {
    const features = new Set<AccountFeature>(['integration-pack-management'])
    const privileges = roleOf('administrator')
    expect(mayDo('create-pack', { privileges, features }).kind).toBe('allowed')
    expect(mayDo('create-multi-pack', { privileges, features })).toMatchObject({ reason: 'feature-off' })
  })
})

describe('packaged components', () => {
  test('need Packaged Component Management and no feature', () => {
    const features = new Set<AccountFeature>()
    expect(mayDo('create-package', { privileges: roleOf('standard-user'), features }).kind).toBe('allowed')
    expect(mayDo('view-packages', { privileges: roleOf('production-support'), features }).kind).toBe(
      'refused',
    )
  })
})

test('every action has a sentence, and one that needs a privilege names it', () => {
  for (const action of allActions) {
    const { needs, refusal } = actionTable[action]
    expect(refusal).toMatch(/^[A-Z].*\.$/)
    if (needs) expect(refusal).toContain(privilegeTable[needs].label)
  }
})

test('everyone signed in manages the own profile', () => {
  expect(mayDo('manage-own-profile', { privileges: new Set(), features: new Set() })).toEqual({
    kind: 'allowed',
  })
})
