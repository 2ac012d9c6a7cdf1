import { describe, expect, test } from 'vitest'
import type { Privilege } from '../access/privileges.ts'
import { type ChangeRolesFacts, planChangeRoles, planGiveRoles } from './plan-give-roles.ts'

const role = (id: string, ...privileges: Privilege[]) => ({ id, label: id, privileges: new Set(privileges) })
const administrator = role('administrator', 'user-management', 'integration-pack', 'execute')
const userManager = role('user manager', 'user-management')
const support = role('support', 'execute')
const found = [administrator, userManager, support]
const held = new Set<Privilege>(['user-management', 'execute'])

describe('giving roles', () => {
  test('several, each once', () => {
    const plan = planGiveRoles(['support', 'user manager', 'support'], { found, held })
    expect(plan).toEqual({ kind: 'planned', roles: [support, userManager] })
  })

  test.each([
    [[], 'no-role'],
    [['support', 'elsewhere'], 'role-unknown'],
  ])('%j: %s', (roleIds, reason) => {
    expect(planGiveRoles(roleIds, { found, held })).toEqual({ kind: 'refused', reason })
  })

  test('nobody gives what they do not hold', () => {
    expect(planGiveRoles(['administrator'], { found, held })).toEqual({
      kind: 'refused',
      reason: 'privileges-not-held',
      privileges: ['integration-pack'],
    })
  })
})

describe('changing roles', () => {
  const change = (roleIds: string[], facts: Partial<ChangeRolesFacts>) =>
    planChangeRoles(roleIds, {
      found,
      held,
      before: [],
      isAdministrator: false,
      otherAdministrators: 0,
      ...facts,
    })

  test('a role that is kept is not given, so whoever changes the others need not hold it', () => {
    const before = ['administrator']
    const facts = { before, isAdministrator: true }
    expect(change(['administrator', 'support'], facts).kind).toBe('planned')
    expect(change(['support'], { ...facts, otherAdministrators: 1 }).kind).toBe('planned')
  })

  test('the last who manages users goes on doing so, by whichever role', () => {
    const facts = { before: ['administrator'], isAdministrator: true }
    expect(change(['support'], facts)).toEqual({ kind: 'refused', reason: 'last-administrator' })
    expect(change(['user manager'], facts).kind).toBe('planned')
    expect(change(['support'], { ...facts, otherAdministrators: 1 }).kind).toBe('planned')
    expect(change(['support'], { before: ['support'] }).kind).toBe('planned')
  })
})
