import { expect, test } from 'vitest'
import { planDeleteRole, type RoleUses } from './plan-delete-role.ts'

const unused: RoleUses = {
  users: [],
  invitations: [],
  groupUsers: [],
  sharedWith: [],
  children: [],
  supportAccessOf: [],
  environments: [],
}

test('a role that nothing hangs on may be deleted', () => {
  expect(planDeleteRole(unused)).toEqual({ kind: 'planned' })
})

test.each([
  ['users', 'role-held'],
  ['invitations', 'role-invited'],
  ['groupUsers', 'role-held-in-groups'],
  ['sharedWith', 'role-shared'],
  ['children', 'role-is-parent'],
  ['supportAccessOf', 'role-is-support-access'],
  ['environments', 'role-keeps-environments'],
] as const)('%s keep it: %s, with the names', (use, reason) => {
  expect(planDeleteRole({ ...unused, [use]: ['Ada', 'Grace'] })).toEqual({
    kind: 'refused',
    reason,
    names: ['Ada', 'Grace'],
  })
})
