import { describe, expect, test } from 'vitest'
import {
  allPrivileges,
  type DefaultRole,
  defaultRoleTable,
  privilegesOf,
  privilegeTable,
} from './privileges.ts'

const ofDefault = (defaultRole: DefaultRole) => privilegesOf([{ defaultRole, privileges: [] }])

describe('privileges of the default roles', () => {
  test.each([
    ['Integration Pack', 'AS'],
    ['Packaged Component Management', 'AS'],
    ['Packaged Component Deployment', 'ASP'],
    ['Atom Management', 'ASP'],
    ['Atom Management Read Access', 'ASP'],
    ['Environment Management', 'AS'],
    ['Account Group Management', 'A'],
    ['Account Administration', 'A'],
    ['User Management', 'A'],
    ['API Access', 'A'],
    ['View Audit Logs', 'A'],
    ['Cloud Management', 'A'],
    ['Dashboard', 'A'],
    ['Process Library', 'AS'],
    ['Scheduling', 'ASP'],
    ['Execute', 'ASPU'],
    ['View Results', 'ASPU'],
    ['View Data', 'ASPU'],
    ['Licensing', 'ASPU'],
  ])('%s is held by %s', (label, letters) => {
    const roles = {
      A: 'administrator',
      S: 'standard-user',
      P: 'production-support',
      U: 'support',
    } as const
    const privilege = allPrivileges.find((one) => privilegeTable[one].label === label)
    const holders = Object.entries(roles)
      .filter(([, role]) => privilege !== undefined && ofDefault(role).has(privilege))
      .map(([letter]) => letter)
    expect(holders.join('')).toBe(letters)
  })

  test('there are exactly the nineteen privileges of that list', () => {
    expect(allPrivileges).toHaveLength(19)
  })

  test('an administrator holds all of them', () => {
    expect(ofDefault('administrator')).toEqual(new Set(allPrivileges))
  })

  test('the four roles have four ids', () => {
    expect(new Set(Object.values(defaultRoleTable).map(({ id }) => id)).size).toBe(4)
  })
})

describe('several roles', () => {
  test('add up', () => {
    const both = privilegesOf([
      { defaultRole: 'support', privileges: [] },
      { defaultRole: null, privileges: ['atom-management-read-access'] },
    ])
    expect(both).toEqual(
      new Set(['execute', 'view-results', 'view-data', 'licensing', 'atom-management-read-access']),
    )
  })

  test('a stored list beside a default role changes nothing', () => {
    const support = privilegesOf([{ defaultRole: 'support', privileges: ['integration-pack'] }])
    expect(support.has('integration-pack')).toBe(false)
  })

  test('no role gives nothing', () => {
    expect(privilegesOf([]).size).toBe(0)
  })
})
