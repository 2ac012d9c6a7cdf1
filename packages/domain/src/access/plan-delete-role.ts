/**
 * Where a role is in use, by the names people know: of users, invited addresses, account groups, roles, accounts,
 * environments.
 */
export type RoleUses = {
  users: readonly string[]
  invitations: readonly string[]
  groupUsers: readonly string[]
  sharedWith: readonly string[]
  children: readonly string[]
  supportAccessOf: readonly string[]
  environments: readonly string[]
}

export type DeleteRoleRefusal =
  | 'role-held'
  | 'role-invited'
  | 'role-held-in-groups'
  | 'role-shared'
  | 'role-is-parent'
  | 'role-is-support-access'
  | 'role-keeps-environments'

export type DeleteRolePlan =
  | { kind: 'planned' }
  | { kind: 'refused'; reason: DeleteRoleRefusal; names: readonly string[] }

/** A role goes only when nothing hangs on it any more; otherwise the plan says what, and where to undo it. */
export function planDeleteRole(uses: RoleUses): DeleteRolePlan {
  const found = whyKept.find(([, use]) => uses[use].length > 0)
  if (!found) return { kind: 'planned' }
  const [reason, use] = found
  return { kind: 'refused', reason, names: uses[use] }
}

const whyKept: readonly (readonly [DeleteRoleRefusal, keyof RoleUses])[] = [
  ['role-held', 'users'],
  ['role-invited', 'invitations'],
  ['role-held-in-groups', 'groupUsers'],
  ['role-shared', 'sharedWith'],
  ['role-is-parent', 'children'],
  ['role-is-support-access', 'supportAccessOf'],
  ['role-keeps-environments', 'environments'],
]
