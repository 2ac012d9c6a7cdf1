import { allPrivileges, type Privilege } from './privileges.ts'

/**
 * The privileges that somebody would hand out without holding them. Whoever manages users and roles gives nothing beyond
 * what they have in this account themselves, neither to others nor to themselves: by giving a role, by widening one that
 * people hold, by its parent, or by a new link for an invitation. Taking away needs no more than User Management.
 */
export const privilegesNotHeld = (
  held: ReadonlySet<Privilege>,
  given: Iterable<Privilege>,
): readonly Privilege[] => {
  const wanted = new Set(given)
  return allPrivileges.filter((privilege) => wanted.has(privilege) && !held.has(privilege))
}
