import type { PageOf } from '@packline/contract/field.ts'
import type { RoleDetails, RoleView, roleQuery } from '@packline/contract/roles.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import {
  allPrivileges,
  defaultRoleTable,
  type Privilege,
  privilegesOf,
} from '@packline/domain/access/privileges.ts'
import { privilegesNotHeld } from '@packline/domain/access/give-roles.ts'
import { roleLabel } from '@packline/domain/access/role-name.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isAvailableIn, lineage, lineageOf } from '../../read-models/available-roles.ts'
import { findRoleUses } from '../../read-models/role-uses.ts'

/** In whose account roles are looked at, and what they may give there themselves. */
export type RoleReader = { accountId: AccountScope; privileges: ReadonlySet<Privilege> }

const roleRow = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(['default', 'own', 'shared']),
  description: z.string(),
  parentId: z.uuid().nullable(),
  parentName: z.string().nullable(),
  lineage,
  inherited: lineage,
  userCount: z.number(),
  version: z.number(),
  changedAt: z.date().transform((date) => date.toISOString()),
  changedByName: z.string(),
})

const defaultOrder = Object.values(defaultRoleTable).map(({ id }) => id)

const columns = (scope: AccountScope) => Prisma.sql`
  r.id, r.name, case when r."accountId" is null then 'default' when r."accountId" = ${scope} then 'own' else 'shared' end as kind,
  r.description, case when r."accountId" = ${scope} then p.id end as "parentId",
  case when r."accountId" = ${scope} then p.name end as "parentName",
  ${lineageOf(Prisma.sql`r.id`)} as lineage, ${lineageOf(Prisma.sql`r."parentRoleId"`)} as inherited,
  (select count(*)::int from "Membership" m where m."roleId" = r.id and m."accountId" = ${scope}) as "userCount",
  r.version, r."changedAt", r."changedByName"`

const sorted = (privileges: ReadonlySet<Privilege>) => allPrivileges.filter((one) => privileges.has(one))

function viewOf(row: z.output<typeof roleRow>, reader: RoleReader): RoleView {
  const { id, name, kind, description, parentId, parentName, userCount, version } = row
  const privileges = privilegesOf(row.lineage)
  return {
    id,
    name,
    label: roleLabel(name, kind === 'shared'),
    kind,
    description,
    parent: parentId !== null && parentName !== null ? { id: parentId, label: parentName } : null,
    privileges: sorted(privileges),
    inherited: sorted(privilegesOf(row.inherited)),
    userCount,
    mayGive: privilegesNotHeld(reader.privileges, privileges).length === 0,
    version,
  }
}

/** The roles that can be given in the account: default ones first, then its own, then those shared with it. */
export async function listRoles(
  db: Database,
  reader: RoleReader,
  { filter, page, pageSize }: z.output<typeof roleQuery>,
): Promise<PageOf<RoleView>> {
  const scope = reader.accountId
  const text = cleanLine(filter ?? '')
  const matching = Prisma.sql`${isAvailableIn(scope)} and strpos(lower(r.name), lower(${text})) > 0`
  const rows = await db.$queryRaw`
    select ${columns(scope)} from "Role" r left join "Role" p on p.id = r."parentRoleId"
    where ${matching}
    order by array_position(${defaultOrder}::uuid[], r.id), coalesce(r."accountId" <> ${scope}, false), lower(r.name), r.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`
  const counted = await db.$queryRaw`select count(*)::int as total from "Role" r where ${matching}`
  const [{ total }] = z.tuple([z.object({ total: z.number() })]).parse(counted)
  const roles = z.array(roleRow).parse(rows)
  return { rows: roles.map((row) => viewOf(row, reader)), total, page, pageSize }
}

/** One role with where it is in use. */
export async function findRole(
  db: Database | Tx,
  reader: RoleReader,
  roleId: string,
): Promise<RoleDetails | undefined> {
  const scope = reader.accountId
  const rows = await db.$queryRaw`
    select ${columns(scope)} from "Role" r left join "Role" p on p.id = r."parentRoleId"
    where r.id = ${roleId}::uuid and ${isAvailableIn(scope)}`
  const [row] = z.array(roleRow).parse(rows)
  if (!row) return undefined
  const uses = await findRoleUses(db, scope, roleId)
  return {
    ...viewOf(row, reader),
    changedAt: row.changedAt,
    // Who changed a shared role in the primary account is not told here.
    changedByName: row.kind === 'own' ? row.changedByName : '',
    uses: {
      users: [...uses.users],
      invitations: [...uses.invitations],
      groupUsers: [...uses.groupUsers],
      sharedWith: [...uses.sharedWith],
      children: [...uses.children],
      supportAccessOf: [...uses.supportAccessOf],
      environments: [...uses.environments],
    },
  }
}
