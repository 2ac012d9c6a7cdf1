import { describe, expect, test } from 'vitest'
import { type AccountAccess, privilegesIn, privilegesOfToken } from './account-access.ts'
import type { HeldRole, Privilege } from './privileges.ts'

const custom = (...privileges: Privilege[]): HeldRole => ({ defaultRole: null, privileges })
const through = (access: Partial<AccountAccess>) =>
  privilegesIn({ roles: [], isDirect: false, supportAccess: null, ...access })

describe('R-52 the privileges in an account', () => {
  test('several roles unite', () => {
    const roles = [custom('execute'), custom('atom-management', 'execute')]
    expect(through({ roles })).toEqual(new Set(['execute', 'atom-management']))
  })

  test('the Support Access Role caps whoever comes through a group', () => {
    const roles = [custom('atom-management', 'execute')]
    const supportAccess = [custom('execute', 'licensing')]
    expect(through({ roles, supportAccess })).toEqual(new Set(['execute']))
    expect(through({ roles, supportAccess: [custom()] })).toEqual(new Set())
  })

  test('it does not cap the users of the account itself', () => {
    const roles = [custom('atom-management')]
    expect(through({ roles, isDirect: true, supportAccess: [custom('execute')] })).toEqual(
      new Set(['atom-management']),
    )
  })
})

test('a token is never wider than its user', () => {
  const ofUser = new Set<Privilege>(['api-access', 'execute'])
  expect(privilegesOfToken(ofUser, null)).toBe(ofUser)
  expect(privilegesOfToken(ofUser, ['execute', 'integration-pack'])).toEqual(new Set(['execute']))
  expect(privilegesOfToken(ofUser, [])).toEqual(new Set())
})
