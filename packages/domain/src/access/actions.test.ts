import { describe, expect, test } from 'vitest'
import type { AccountFeature } from '../accounts/features.ts'
import { type Action, actionTable, mayDo } from './actions.ts'
import { type DefaultRole, type Privilege, privilegesOf, privilegeTable } from './privileges.ts'

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
  'retry-deliveries',
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

describe('the managed account', () => {
  const features = new Set<AccountFeature>()
  const may = (action: Action, ...privileges: Privilege[]) =>
    mayDo(action, { privileges: new Set(privileges), features }).kind === 'allowed'

  test('D-12 installing and attaching need Packaged Component Deployment', () => {
    for (const action of [
      'browse-packs',
      'install-pack',
      'uninstall-pack',
      'attach-pack',
      'detach-pack',
    ] as const) {
      expect(may(action, 'packaged-component-deployment')).toBe(true)
      expect(may(action, 'atom-management', 'environment-management', 'integration-pack')).toBe(false)
    }
  })

  test('R-67 applying needs Atom Management; Read Access sees only', () => {
    expect(may('apply-updates', 'atom-management')).toBe(true)
    expect(may('apply-updates', 'atom-management-read-access')).toBe(false)
    expect(may('view-updates', 'atom-management-read-access')).toBe(true)
    expect(may('view-updates', 'atom-management')).toBe(true)
    expect(may('view-updates', 'packaged-component-deployment')).toBe(false)
  })

  test('managing environments needs Environment Management and Atom Management together', () => {
    for (const action of ['create-environment', 'edit-environment', 'delete-environment'] as const) {
      expect(may(action, 'environment-management', 'atom-management')).toBe(true)
      expect(may(action, 'environment-management')).toBe(false)
      expect(may(action, 'atom-management')).toBe(false)
    }
    const refused = mayDo('create-environment', { privileges: new Set(), features })
    expect(refused).toMatchObject({
      sentence:
        'Creating an environment needs the privileges Environment Management and Atom Management. Ask an administrator of this account.',
    })
  })
})

test('every action has a sentence, and one that needs a privilege names it', () => {
  for (const action of allActions) {
    const { needs, refusal } = actionTable[action]
    expect(refusal).toMatch(/^[A-Z].*\.$/)
    const privileges = needs === null ? [] : 'all' in needs ? needs.all : needs.any
    for (const privilege of privileges) expect(refusal).toContain(privilegeTable[privilege].label)
  }
})

test('everyone signed in manages the own profile', () => {
  expect(mayDo('manage-own-profile', { privileges: new Set(), features: new Set() })).toEqual({
    kind: 'allowed',
  })
})
