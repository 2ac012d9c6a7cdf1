import { Prisma } from '@packline/database/generated/client.ts'
import { administratorPrivilege, administratorRoles } from '@packline/domain/access/last-administrator.ts'
import { type HeldRole, isDefaultRole, isPrivilege } from '@packline/domain/access/privileges.ts'
import { z } from 'zod'

/**
 * Part of a condition: the role "r" can be given in this account. It is a default role, one of the account's own, or one
 * that its primary account shares with an account group it is in.
 */
export const isAvailableIn = (accountId: string): Prisma.Sql => Prisma.sql`(
  r."accountId" is null or r."accountId" = ${accountId} or exists (
    select from "AccountGroupRole" s join "AccountGroupAccount" t on t."groupId" = s."groupId"
    where s."roleId" = r.id and t."accountId" = ${accountId}))`

/** Part of a condition: the role of that id gives User Management, by itself or by one it inherits from. */
export const administers = (roleId: Prisma.Sql): Prisma.Sql => Prisma.sql`exists (
  select from role_lineage(${roleId}) l
  where (l."defaultRole" is null and ${administratorPrivilege} = any(l.privileges))
    or l."defaultRole" = any(${[...administratorRoles]}))`

/** Part of a select list: the role of that id with those it inherits from, as a `lineage`. */
export const lineageOf = (roleId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', l.id, 'defaultRole', l."defaultRole", 'privileges', l.privileges)), '[]')
  from role_lineage(${roleId}) l)`

export const lineage = z.array(
  z.object({
    id: z.uuid(),
    defaultRole: z.string().refine(isDefaultRole).nullable(),
    privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
  }),
) satisfies z.ZodType<(HeldRole & { id: string })[]>
