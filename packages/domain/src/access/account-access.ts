import { type HeldRole, type Privilege, privilegesOf } from './privileges.ts'

/** How somebody came to work in an account. */
export type AccountAccess = {
  /** Each role with those it inherits from. */
  roles: readonly HeldRole[]
  /** As a user of the account itself; otherwise through an account group of its primary account. */
  isDirect: boolean
  /** The account's Support Access Role with those it inherits from; null: the account sets no cap. */
  supportAccess: readonly HeldRole[] | null
}

/**
 * What somebody may do in an account: several roles unite, and whoever comes through an account group has of that only
 * what the account's Support Access Role has as well (R-52, D-29). Which access counts, direct or through groups, has
 * been decided before: direct access wins.
 */
export function privilegesIn({ roles, isDirect, supportAccess }: AccountAccess): ReadonlySet<Privilege> {
  const united = privilegesOf(roles)
  return isDirect ? united : underCap(united, supportAccess)
}

/** What the account's Support Access Role leaves of the privileges of somebody who is no user of the account itself. */
export const underCap = (
  privileges: ReadonlySet<Privilege>,
  supportAccess: AccountAccess['supportAccess'],
): ReadonlySet<Privilege> =>
  supportAccess === null ? privileges : privileges.intersection(privilegesOf(supportAccess))

/** What a token lets its user do: nothing beyond the user's own privileges, and of these only its scopes. */
export const privilegesOfToken = (
  ofUser: ReadonlySet<Privilege>,
  scopes: readonly Privilege[] | null,
): ReadonlySet<Privilege> => (scopes === null ? ofUser : ofUser.intersection(new Set(scopes)))
