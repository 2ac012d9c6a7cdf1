import { privilegesNotHeld } from '../access/give-roles.ts'
import { leavesNoAdministrator } from '../access/last-administrator.ts'
import type { Privilege } from '../access/privileges.ts'

/** A role that can be given in the account, with what it gives together with those it inherits from. */
export type GivableRole = { id: string; label: string; privileges: ReadonlySet<Privilege> }

export type GiveRolesRefusal = 'no-role' | 'role-unknown' | 'privileges-not-held'

export type GiveRolesPlan =
  | { kind: 'planned'; roles: readonly GivableRole[] }
  | { kind: 'refused'; reason: GiveRolesRefusal; privileges?: readonly Privilege[] }

export type GiveRolesFacts = {
  /** Of the roles wanted those that the account has: default roles, its own, and those shared with it. */
  found: readonly GivableRole[]
  /** Held already; keeping a role is not giving it. */
  before?: readonly string[]
  /** What whoever gives them may do in this account. */
  held: ReadonlySet<Privilege>
}

/** Plans to give somebody these roles, at least one, each of them the account's and none beyond the giver. */
export function planGiveRoles(
  roleIds: readonly string[],
  { found, before = [], held }: GiveRolesFacts,
): GiveRolesPlan {
  const wanted = [...new Set(roleIds)]
  if (wanted.length === 0) return { kind: 'refused', reason: 'no-role' }
  const roles = wanted.flatMap((id) => found.find((role) => role.id === id) ?? [])
  if (roles.length < wanted.length) return { kind: 'refused', reason: 'role-unknown' }

  const added = roles.filter(({ id }) => !before.includes(id)).flatMap(({ privileges }) => [...privileges])
  const privileges = privilegesNotHeld(held, added)
  if (privileges.length > 0) return { kind: 'refused', reason: 'privileges-not-held', privileges }
  return { kind: 'planned', roles }
}

export type ChangeRolesRefusal = GiveRolesRefusal | 'last-administrator'

export type ChangeRolesFacts = GiveRolesFacts & {
  before: readonly string[]
  isAdministrator: boolean
  otherAdministrators: number
}

export type ChangeRolesPlan =
  | GiveRolesPlan
  | { kind: 'refused'; reason: 'last-administrator'; privileges?: readonly Privilege[] }

/** Plans which roles a user of the account has from now on; the last who manages users keeps a role that lets them. */
export function planChangeRoles(roleIds: readonly string[], facts: ChangeRolesFacts): ChangeRolesPlan {
  const plan = planGiveRoles(roleIds, facts)
  if (plan.kind === 'refused') return plan
  const staysAdministrator = plan.roles.some(({ privileges }) => privileges.has('user-management'))
  return leavesNoAdministrator({ ...facts, staysAdministrator })
    ? { kind: 'refused', reason: 'last-administrator' }
    : plan
}
