/** The roles an environment is kept to; none: it is open to everybody whose privileges let them. */
export type KeptEnvironment = { name: string; roles: readonly { id: string; label: string }[] }

export type RoleHolder = {
  /** The roles themselves, not those they inherit from. */
  roleIds: ReadonlySet<string>
  /** Holds User Management: could take the role, so that keeping them out would keep out nobody. */
  isAdministrator: boolean
}

/** Why somebody may change nothing in an environment, whatever their privileges; null when they may. */
export function whyClosed({ name, roles }: KeptEnvironment, holder: RoleHolder): string | null {
  if (roles.length === 0 || holder.isAdministrator) return null
  if (roles.some(({ id }) => holder.roleIds.has(id))) return null
  const labels = roles.map(({ label }) => label).join(', ')
  return roles.length === 1
    ? `The environment “${name}” is kept to the role ${labels}. Ask an administrator of this account for it.`
    : `The environment “${name}” is kept to the roles ${labels}. Ask an administrator of this account for one of them.`
}
