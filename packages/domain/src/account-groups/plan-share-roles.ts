export type RoleToShare = { id: string; isOwn: boolean; isInGroup: boolean }

export type ShareRolesRefusal = 'role-missing' | 'default-role-everywhere'
export type ShareRolesPlan =
  | { kind: 'planned'; roleIds: readonly string[] }
  | { kind: 'refused'; reason: ShareRolesRefusal }

/** Plans sharing custom roles of the primary account with a group; the default roles exist in every account anyway. */
export function planShareRoles(found: readonly RoleToShare[], asked: readonly string[]): ShareRolesPlan {
  if (found.length < new Set(asked).size) return { kind: 'refused', reason: 'role-missing' }
  if (found.some(({ isOwn }) => !isOwn)) return { kind: 'refused', reason: 'default-role-everywhere' }
  return { kind: 'planned', roleIds: found.filter(({ isInGroup }) => !isInGroup).map(({ id }) => id) }
}
