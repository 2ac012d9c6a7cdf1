import { Prisma } from '@packline/database/generated/client.ts'
import { privilegesIn } from '@packline/domain/access/account-access.ts'
import {
  type DefaultRole,
  isDefaultRole,
  isPrivilege,
  type Privilege,
  privilegeTable,
} from '@packline/domain/access/privileges.ts'
import { administratorPrivilege } from '@packline/domain/access/last-administrator.ts'
import { isAccountFeature } from '@packline/domain/accounts/features.ts'
import type { RoleHolder } from '@packline/domain/environments/why-closed.ts'
import { z } from 'zod'

const heldRole = z.object({
  defaultRole: z.string().refine(isDefaultRole).nullable(),
  privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
})

/** An account that somebody may work in, with how they came to it. */
export const accessibleAccount = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  features: z.array(z.string()).transform((names) => names.filter(isAccountFeature)),
  /** A password alone opens nothing of it. */
  requiresTwoStep: z.boolean(),
  isDirect: z.boolean(),
  roles: z.array(heldRole),
  /** The roles themselves, without those they inherit from. */
  roleIds: z.array(z.uuid()),
  /** The roles' own names, without those they inherit from. */
  roleNames: z.array(z.string()),
  supportAccess: z.array(heldRole).nullable(),
})
export type AccessibleAccount = z.infer<typeof accessibleAccount>

export const privilegesInAccount = (account: AccessibleAccount): ReadonlySet<Privilege> =>
  privilegesIn(account)

/** As whom somebody stands before environments that are kept to roles; a token's scopes change nothing of it. */
export const holderIn = (account: AccessibleAccount): RoleHolder => ({
  roleIds: new Set(account.roleIds),
  isAdministrator: privilegesIn(account).has(administratorPrivilege),
})

const rolesAsJson = Prisma.sql`json_agg(json_build_object('defaultRole', r."defaultRole", 'privileges', r.privileges))`

/** Part of a select list: the roles of what caps those who come to the account "a" from its primary account, or null. */
export const supportAccessAsJson = Prisma.sql`(
  select ${rolesAsJson} from role_lineage(a."supportAccessRoleId") r)`

/**
 * Part of a select list: the account "a" as an `accessibleAccount` for the user "u", or null when that user may not work
 * in it. Direct access wins over a group's, as the view behind it says.
 */
export const accessAsJson = Prisma.sql`(
  select json_build_object('id', a.id, 'name', a.name, 'status', a.status, 'features', a.features,
    'requiresTwoStep', a."requiresTwoStep", 'isDirect', bool_and(w."isDirect"), 'roleIds', json_agg(distinct w."roleId"),
    'roleNames', (select json_agg(distinct named.name)
      from "AccountAccess" by_name join "Role" named on named.id = by_name."roleId"
      where by_name."userId" = u.id and by_name."accountId" = a.id),
    'roles', (select ${rolesAsJson} from "AccountAccess" held cross join lateral role_lineage(held."roleId") r
      where held."userId" = u.id and held."accountId" = a.id),
    'supportAccess', ${supportAccessAsJson})
  from "AccountAccess" w where w."userId" = u.id and w."accountId" = a.id
  having count(*) > 0)`

/** A query: the ids of all roles that have one of these privileges, by themselves or from those they inherit from. */
export function rolesWithAny(privileges: readonly Privilege[]) {
  const defaults: DefaultRole[] = privileges.flatMap((privilege) => privilegeTable[privilege].roles)
  return Prisma.sql`
    select r.id from "Role" r where exists (
      select from role_lineage(r.id) l
      where l."defaultRole" = any(${defaults}::text[])
        or (l."defaultRole" is null and l.privileges && ${[...privileges]}::text[]))`
}
