import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import {
  defaultRoleTable,
  isDefaultRole,
  isPrivilege,
  privilegesOf,
} from '@packline/domain/access/privileges.ts'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import type { Source } from '../query/source.views.ts'

const lineage = Prisma.sql`(
  select json_agg(json_build_object('defaultRole', l."defaultRole", 'privileges', l.privileges))
  from role_lineage(r.id) l) as lineage`

/** The default roles, under account "1" as clients know them, and the account's own. */
export const roles: Source = {
  idColumn: 'id',
  properties: { name: 'text', parentId: 'text', id: 'text' },
  select: ({ accountId }) => selectRoles(Prisma.sql`r."accountId" is null or r."accountId" = ${accountId}`),
}

const selectRoles = (condition: Prisma.Sql) => Prisma.sql`
  select r.id::text as key, r.id::text as id, r.name, coalesce(r."accountId", '1') as "accountId",
    coalesce(r."parentRoleId"::text, case when r."accountId" is null then ${defaultRoleTable['standard-user'].id} end)
      as "parentId",
    r.description as "Description", r.version as "etagVersion", ${lineage}
  from "Role" r where ${condition}`

/** The roles that can be given in the account: those and the ones its primary account shares with it. */
export async function listAssignableRoles(db: Database | Tx, { accountId }: Actor) {
  const rows = await db.$queryRaw`
    select o.* from (${selectRoles(Prisma.sql`r."accountId" is null or r."accountId" = ${accountId} or r.id in (
      select s."roleId" from "AccountGroupRole" s join "AccountGroupAccount" t on t."groupId" = s."groupId"
      where t."accountId" = ${accountId})`)}) o
    order by o."accountId" = '1' desc, lower(o.name), o.key`
  return z.array(z.record(z.string(), z.unknown())).parse(rows)
}

const lineageColumn = z.array(
  z.object({
    defaultRole: z.string().refine(isDefaultRole).nullable(),
    privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
  }),
)

/** Everything a role gives, inherited or its own. */
export const privilegesOfRow = (column: unknown) => privilegesOf(lineageColumn.parse(column))
