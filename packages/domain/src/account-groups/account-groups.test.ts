import { describe, expect, test } from 'vitest'
import { planAddAccounts, planRemoveAccounts } from './plan-group-accounts.ts'
import { planAddGroupUser, planGroupUserRoles } from './plan-group-user.ts'
import { planCreateGroup, planEditGroup, whyNotDeleteGroup } from './plan-save-group.ts'
import { planSharePacks, planUnsharePacks } from './plan-share-packs.ts'
import { planShareRoles } from './plan-share-roles.ts'
import { describeToll, nothingLost } from './sharing-toll.ts'

const level = { autoSubscribeAlertLevel: 'NONE' } as const

describe('the group itself', () => {
  test.each([
    ['  Retail\tcustomers ', { kind: 'planned', details: { name: 'Retail customers', ...level } }],
    ['x'.repeat(255), { kind: 'planned', details: { name: 'x'.repeat(255), ...level } }],
    [' \n', { kind: 'refused', reason: 'name-empty' }],
    ['x'.repeat(256), { kind: 'refused', reason: 'name-too-long' }],
  ])('named %j', (name, plan) => {
    expect(planCreateGroup({ name, ...level })).toEqual(plan)
  })

  const retail = { name: 'Retail', isDefault: false, ...level }
  const all = { name: 'All Accounts', isDefault: true, ...level }

  test('what is not said stays as it is', () => {
    expect(planEditGroup(retail, { autoSubscribeAlertLevel: 'ERROR' })).toEqual({
      kind: 'planned',
      details: { name: 'Retail', autoSubscribeAlertLevel: 'ERROR' },
    })
  })

  test('R-50, D-23 All Accounts keeps its name and cannot be deleted', () => {
    expect(planEditGroup(all, { name: 'Everybody' })).toEqual({
      kind: 'refused',
      reason: 'default-name-fixed',
    })
    expect(planEditGroup(all, { name: 'All Accounts ', autoSubscribeAlertLevel: 'INFO' }).kind).toBe(
      'planned',
    )
    expect(whyNotDeleteGroup(all)).toBe('default-group-stays')
    expect(whyNotDeleteGroup(retail)).toBeNull()
  })
})

describe('accounts', () => {
  const group = { isDefault: false, managed: ['a', 'b', 'c'], inGroup: ['a'] }

  test('those in the group already stay, whoever adds them again', () => {
    expect(planAddAccounts(group, ['a', 'b', 'b'])).toEqual({ kind: 'planned', added: ['b'] })
  })

  test.each([
    ['R-50 the primary account or somebody else', group, ['b', 'primary'], 'account-not-managed'],
    ['R-50 by hand into All Accounts', { ...group, isDefault: true }, ['b'], 'default-group-full'],
  ])('refused: %s', (_name, facts, asked, reason) => {
    expect(planAddAccounts(facts, asked)).toEqual({ kind: 'refused', reason })
  })

  test('R-50 taken out all or none, and never out of All Accounts', () => {
    expect(planRemoveAccounts(group, ['a', 'a'])).toEqual({ kind: 'planned', removed: ['a'] })
    expect(planRemoveAccounts(group, ['a', 'b'])).toEqual({
      kind: 'refused',
      reason: 'account-not-in-group',
    })
    expect(planRemoveAccounts({ ...group, isDefault: true }, ['a'])).toEqual({
      kind: 'refused',
      reason: 'default-group-full',
    })
  })
})

describe('packs', () => {
  const released = { id: 'p1', name: 'Order to Cash', currentReleaseId: 'r1', isInGroup: false }
  const there = { ...released, id: 'p2', isInGroup: true }
  const scheduled = { ...released, id: 'p3', name: 'New', currentReleaseId: null }

  test('R-47 what the group has already is left alone', () => {
    expect(planSharePacks([released, there], ['p1', 'p2', 'p1'])).toEqual({
      kind: 'planned',
      packs: [released],
    })
  })

  test('R-46, D-6 only released ones, named; unknown ones are not there', () => {
    expect(planSharePacks([released, scheduled], ['p1', 'p3'])).toEqual({
      kind: 'refused',
      reason: 'pack-not-released',
      packNames: ['New'],
    })
    expect(planSharePacks([released], ['p1', 'foreign'])).toMatchObject({ reason: 'pack-missing' })
  })

  test('taken out all or none', () => {
    expect(planUnsharePacks(['p1', 'p2'], ['p2', 'p2'])).toEqual({ kind: 'planned', packIds: ['p2'] })
    expect(planUnsharePacks(['p1'], ['p1', 'p2'])).toEqual({ kind: 'refused', reason: 'pack-not-in-group' })
  })
})

describe('users', () => {
  const user = { isUserOfAccount: true, hasSignedIn: true, isInGroup: false }

  test('R-52 several roles', () => {
    expect(planAddGroupUser(user, ['r1', 'r2', 'r1'], ['r1', 'r2'])).toEqual({
      kind: 'planned',
      roleIds: ['r1', 'r2'],
    })
  })

  test.each([
    ['nobody of that address', undefined, 'user-unknown'],
    ['a user of another account', { ...user, isUserOfAccount: false }, 'user-unknown'],
    ['one who has never signed in', { ...user, hasSignedIn: false }, 'user-never-signed-in'],
    ['one who is in the group', { ...user, isInGroup: true }, 'user-in-group'],
  ])('refused: %s', (_name, facts, reason) => {
    expect(planAddGroupUser(facts, ['r1'], ['r1'])).toEqual({ kind: 'refused', reason })
  })

  test('at least one role, and only known ones', () => {
    expect(planGroupUserRoles([], ['r1'])).toEqual({ kind: 'refused', reason: 'roles-missing' })
    expect(planGroupUserRoles(['r1', 'r9'], ['r1'])).toEqual({ kind: 'refused', reason: 'role-unknown' })
  })
})

test('roles: own ones, once; default roles need no sharing', () => {
  const own = { id: 'r1', isOwn: true, isInGroup: false }
  expect(planShareRoles([own, { ...own, id: 'r2', isInGroup: true }], ['r1', 'r2'])).toEqual({
    kind: 'planned',
    roleIds: ['r1'],
  })
  expect(planShareRoles([own], ['r1', 'foreign'])).toEqual({ kind: 'refused', reason: 'role-missing' })
  expect(planShareRoles([{ ...own, isOwn: false }], ['r1'])).toEqual({
    kind: 'refused',
    reason: 'default-role-everywhere',
  })
})

describe('what un-sharing means, in words', () => {
  test('D-4 what is cut off and what stays visible through another group', () => {
    expect(
      describeToll({
        cutOff: { installations: 1_240, accounts: 310, packs: 1 },
        kept: { installations: 1, accounts: 1 },
      }),
    ).toEqual([
      '1,240 installations in 310 accounts keep running their release but get no further one: no longer shared.',
      '1 installation in 1 account goes on getting releases through another account group.',
    ])
  })

  test('nothing installed', () => {
    expect(describeToll(nothingLost)).toEqual(['Nothing is installed through it.'])
  })
})
