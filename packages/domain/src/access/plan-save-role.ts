import { cleanLines, countCharacters } from '../text/clean-text.ts'
import { privilegesNotHeld } from './give-roles.ts'
import { allPrivileges, type HeldRole, isPrivilege, type Privilege, privilegesOf } from './privileges.ts'
import { checkRoleName, roleDescriptionLimit, type RoleNameRefusal } from './role-name.ts'

/** As somebody wrote it; privileges by their names. */
export type RoleDraft = { name: string; description: string; privileges: readonly string[] }
/** As it is stored: with the privileges that are its own. */
export type OwnRole = { name: string; description: string; privileges: readonly Privilege[] }

/** What a role inherits from: itself with those it inherits from in turn. */
export type ParentRole = { lineage: readonly (HeldRole & { id: string })[] }

export type SaveRoleRefusal =
  | RoleNameRefusal
  | 'description-too-long'
  | 'privilege-unknown'
  | 'parent-unknown'
  | 'parent-is-descendant'
  | 'privileges-not-held'

export type SaveRolePlan =
  | { kind: 'planned'; role: OwnRole; effective: readonly Privilege[] }
  | { kind: 'refused'; reason: SaveRoleRefusal; privileges?: readonly Privilege[] }

export type SaveRoleFacts = {
  /** As it stands, with what it gives now; null for a new one. */
  current: { id: string; effective: ReadonlySet<Privilege> } | null
  /** Null: it inherits from none. Undefined: the account has no such role. */
  parent: ParentRole | null | undefined
  /** Of whoever saves it. */
  held: ReadonlySet<Privilege>
}

/**
 * Plans how a custom role is stored. What the parent gives is the parent's and not kept twice. Inheriting in a ring is
 * refused, and so is any privilege the role did not give before and whoever saves it does not hold.
 */
export function planSaveRole(draft: RoleDraft, { current, parent, held }: SaveRoleFacts): SaveRolePlan {
  const check = checkRoleName(draft.name)
  if (check.kind === 'refused') return check
  const description = cleanLines(draft.description)
  if (countCharacters(description) > roleDescriptionLimit) return refused('description-too-long')

  if (!draft.privileges.every(isPrivilege)) return refused('privilege-unknown')

  if (parent === undefined) return refused('parent-unknown')
  if (current && parent?.lineage.some(({ id }) => id === current.id)) return refused('parent-is-descendant')

  const inherited = privilegesOf(parent?.lineage ?? [])
  const privileges = allPrivileges.filter((one) => draft.privileges.includes(one) && !inherited.has(one))
  const effective = allPrivileges.filter((one) => inherited.has(one) || privileges.includes(one))
  const added = effective.filter((one) => !current?.effective.has(one))
  const missing = privilegesNotHeld(held, added)
  if (missing.length > 0) return { kind: 'refused', reason: 'privileges-not-held', privileges: missing }
  return { kind: 'planned', role: { name: check.name, description, privileges }, effective }
}

const refused = (reason: SaveRoleRefusal): SaveRolePlan => ({ kind: 'refused', reason })
