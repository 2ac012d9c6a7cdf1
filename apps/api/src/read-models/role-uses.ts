import type { Database, Tx } from '@packline/database/client.ts'
import type { RoleUses } from '@packline/domain/access/plan-delete-role.ts'
import { z } from 'zod'

const names = z
  .array(z.string())
  .nullable()
  .transform((found) => found ?? [])
const usesRow = z.object({
  users: names,
  invitations: names,
  groupUsers: names,
  sharedWith: names,
  children: names,
  supportAccessOf: names,
  environments: names,
})

/** How many names of each kind are told; nobody reads more. */
const told = 100

/**
 * Where a role of the account is in use, by name. What hangs on it in the accounts it is shared with is told by the
 * accounts' names: their users are their business. Of a role that is not the account's own only its own use is told.
 */
export async function findRoleUses(db: Database | Tx, accountId: string, roleId: string): Promise<RoleUses> {
  const rows = await db.$queryRaw`
    with role as (select r.id, r."accountId" is not distinct from ${accountId} as "isOwn" from "Role" r where r.id = ${roleId}::uuid),
    held as (
      select case when m."accountId" = ${accountId} then coalesce(nullif(concat_ws(' ', nullif(u."firstName", ''), nullif(u."lastName", '')), ''), u.email)
        else 'users of ' || a.name end as name
      from role join "Membership" m on m."roleId" = role.id join "User" u on u.id = m."userId" join "Account" a on a.id = m."accountId"
      where m."accountId" = ${accountId} or role."isOwn"),
    invited as (
      select case when i."accountId" = ${accountId} then i.email else 'somebody in ' || a.name end as name
      from role join "Invitation" i on role.id = any(i."roleIds") join "Account" a on a.id = i."accountId"
      where i."acceptedAt" is null and i."withdrawnAt" is null
        and (i."accountId" = ${accountId} or role."isOwn"))
    select
      (select array_agg(name order by lower(name)) from (select distinct name from held limit ${told}) h) as users,
      (select array_agg(name order by lower(name)) from (select distinct name from invited limit ${told}) i) as invitations,
      (select array_agg(name order by lower(name)) from (
        select distinct g.name from role join "AccountGroupUser" u on u."roleId" = role.id join "AccountGroup" g on g.id = u."groupId"
        where g."primaryAccountId" = ${accountId} limit ${told}) g) as "groupUsers",
      (select array_agg(name order by lower(name)) from (
        select g.name from role join "AccountGroupRole" s on s."roleId" = role.id join "AccountGroup" g on g.id = s."groupId"
        where role."isOwn" limit ${told}) s) as "sharedWith",
      (select array_agg(name order by lower(name)) from (
        select c.name from role join "Role" c on c."parentRoleId" = role.id and c."accountId" = ${accountId} limit ${told}) c) as children,
      (select array_agg(name order by lower(name)) from (
        select a.name from role join "Account" a on a."supportAccessRoleId" = role.id
        where a.id = ${accountId} or role."isOwn" limit ${told}) a) as "supportAccessOf",
      (select array_agg(name order by lower(name)) from (
        select distinct case when e."accountId" = ${accountId} then e.name else 'environments of ' || a.name end as name
        from role join "EnvironmentRole" x on x."roleId" = role.id join "Environment" e on e.id = x."environmentId"
        join "Account" a on a.id = e."accountId"
        where e."accountId" = ${accountId} or role."isOwn" limit ${told}) e) as environments`
  return usesRow.parse(z.array(z.unknown()).parse(rows)[0])
}
