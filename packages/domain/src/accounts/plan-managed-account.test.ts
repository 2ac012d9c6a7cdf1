import { describe, expect, test } from 'vitest'
import {
  type AccountUsage,
  type ManagedAccountDetails,
  planCreateAccount,
  planEditAccount,
} from './plan-managed-account.ts'

const draft = (change: Partial<ManagedAccountDetails> = {}): ManagedAccountDetails => ({
  name: 'Bluebird Logistics',
  features: [],
  environmentSupport: 'BASIC',
  legacyDeployment: false,
  status: 'active',
  ...change,
})
const nothing: AccountUsage = {
  testEnvironments: 0,
  crowdedEnvironments: 0,
  packs: 0,
  managedAccounts: 0,
  accountGroups: 0,
}

describe('the name of an account', () => {
  test.each([
    ['  Bluebird\tLogistics\u0000 ', { kind: 'planned', details: draft() }],
    [' \n ', { kind: 'refused', reason: 'name-empty' }],
    ['x'.repeat(256), { kind: 'refused', reason: 'name-too-long' }],
  ])('%j', (name, expected) => {
    expect(planCreateAccount(draft({ name }))).toEqual(expected)
  })
})

describe('features that a managed account can get', () => {
  test.each([
    [['multi-install'], 'integration-pack-management'],
    [['publisher-integration-pack-api'], 'integration-pack-management'],
    [['integration-pack-management'], 'account-groups'],
    [['partner-api'], 'account-groups'],
  ] as const)('%j alone needs %s', (features, needs) => {
    expect(planCreateAccount(draft({ features }))).toEqual({
      kind: 'refused',
      reason: 'feature-needs-another',
      feature: features[0],
      needs,
    })
  })

  test('a publisher with everything', () => {
    const features = ['multi-install', 'account-groups', 'integration-pack-management'] as const
    expect(planCreateAccount(draft({ features }))).toMatchObject({
      details: { features: ['integration-pack-management', 'multi-install', 'account-groups'] },
    })
  })
})

describe('environment support', () => {
  test('Unlimited brings its feature, Basic takes it away', () => {
    const features = ['test-connection-licensing'] as const
    expect(planCreateAccount(draft({ environmentSupport: 'UNLIMITED', features }))).toMatchObject({
      details: { features: ['unlimited-environments', 'test-connection-licensing'] },
    })
    expect(planCreateAccount(draft({ features: ['unlimited-environments'] }))).toMatchObject({
      details: { features: [] },
    })
    expect(planCreateAccount(draft({ features }))).toMatchObject({
      reason: 'feature-needs-another',
      needs: 'unlimited-environments',
    })
  })
})

test('features that no longer fit together do not stand in the way of another name', () => {
  const before = draft({ features: ['multi-install'] })
  expect(planEditAccount(before, { ...before, name: 'Other' }, nothing)).toEqual({
    kind: 'planned',
    details: { ...before, name: 'Other' },
  })
})

describe('what an account has already', () => {
  const unlimited = draft({
    environmentSupport: 'UNLIMITED',
    features: ['test-connection-licensing', 'account-groups', 'integration-pack-management'],
  })
  const used: AccountUsage = {
    testEnvironments: 1,
    crowdedEnvironments: 2,
    packs: 3,
    managedAccounts: 4,
    accountGroups: 5,
  }
  test('stays possible when nothing is taken away', () => {
    expect(planEditAccount(unlimited, { ...unlimited, name: 'Other' }, used)).toMatchObject({
      kind: 'planned',
    })
    expect(planEditAccount(unlimited, draft(), nothing)).toMatchObject({ kind: 'planned' })
  })
  test.each([
    ['testEnvironments', 'basic-with-test-environments', draft()],
    ['crowdedEnvironments', 'basic-with-crowded-environments', draft()],
    [
      'testEnvironments',
      'licensing-with-test-environments',
      { ...unlimited, features: unlimited.features.slice(1) },
    ],
    ['packs', 'pack-management-with-packs', { ...unlimited, features: unlimited.features.slice(0, 2) }],
    ['managedAccounts', 'account-groups-with-accounts', draft()],
    ['accountGroups', 'account-groups-with-groups', draft()],
  ] as const)('%s: %s', (what, reason, change) => {
    expect(planEditAccount(unlimited, change, { ...nothing, [what]: used[what] })).toEqual({
      kind: 'refused',
      reason,
      count: used[what],
    })
  })
})
