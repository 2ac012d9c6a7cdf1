export type UserToAdd = {
  /** A user of the primary account itself, not of a managed one nor through a group. */
  isUserOfAccount: boolean
  hasSignedIn: boolean
  isInGroup: boolean
}

export type GroupUserRefusal =
  | 'user-unknown'
  | 'user-never-signed-in'
  | 'user-in-group'
  | 'roles-missing'
  | 'role-unknown'

export type GroupUserPlan =
  | { kind: 'planned'; roleIds: readonly string[] }
  | { kind: 'refused'; reason: GroupUserRefusal }

/**
 * Plans adding a user to a group with one or more roles. The user belongs to the primary account and has signed
 * in once. Users of other accounts are as unknown as those who do not exist.
 */
export function planAddGroupUser(
  user: UserToAdd | undefined,
  asked: readonly string[],
  knownRoleIds: readonly string[],
): GroupUserPlan {
  if (!user?.isUserOfAccount) return { kind: 'refused', reason: 'user-unknown' }
  if (user.isInGroup) return { kind: 'refused', reason: 'user-in-group' }
  if (!user.hasSignedIn) return { kind: 'refused', reason: 'user-never-signed-in' }
  return planGroupUserRoles(asked, knownRoleIds)
}

/** Plans the roles of somebody in a group: one at least, each a default role or the primary account's own. */
export function planGroupUserRoles(asked: readonly string[], knownRoleIds: readonly string[]): GroupUserPlan {
  const roleIds = [...new Set(asked)]
  if (roleIds.length === 0) return { kind: 'refused', reason: 'roles-missing' }
  if (!roleIds.every((id) => knownRoleIds.includes(id))) return { kind: 'refused', reason: 'role-unknown' }
  return { kind: 'planned', roleIds }
}
