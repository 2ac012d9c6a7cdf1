import { groupRole, type GroupRole, sharedRole, type SharedRole } from '@packline/contract/account-groups.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { privilegesOf } from '@packline/domain/access/privileges.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { lineage, lineageOf } from '../../read-models/available-roles.ts'

const { privileges: _privileges, ...storedRole } = groupRole.shape
const roleRow = z.object({ ...storedRole, lineage })
const sharedRow = roleRow.extend({ userCount: sharedRole.shape.userCount })

const columns = Prisma.sql`r.id, r.name, r.description, r."accountId" is null as "isDefault",
  ${lineageOf(Prisma.sql`r.id`)} as lineage`

const toView = <Row extends z.infer<typeof roleRow>>({ lineage: held, ...role }: Row) => ({
  ...role,
  privileges: [...privilegesOf(held)],
})

/** The roles that users of a group may have: the four of every account and the primary account's own. One statement. */
export async function listRoleChoices(db: Database, scope: AccountScope): Promise<GroupRole[]> {
  const rows = await db.$queryRaw`
    select ${columns} from "Role" r where r."accountId" is null or r."accountId" = ${scope}
    order by r."accountId" is null desc, r."defaultRole" = 'administrator' desc, lower(r.name), r.id`
  return z.array(roleRow).parse(rows).map(toView)
}

/**
 * The custom roles that are shared through the group, with how many users of its accounts have each through this group
 * alone. One statement.
 */
export async function listSharedRoles(
  db: Database,
  scope: AccountScope,
  groupId: string,
): Promise<SharedRole[]> {
  const rows = await db.$queryRaw`
    select ${columns}, (
      select count(distinct m."userId")::int from "Membership" m
      join "AccountGroupAccount" ga on ga."groupId" = g.id and ga."accountId" = m."accountId"
      where m."roleId" = r.id and not exists (
        select from "AccountGroupRole" os join "AccountGroupAccount" oa on oa."groupId" = os."groupId"
        where os."roleId" = r.id and oa."accountId" = m."accountId" and os."groupId" <> g.id)) as "userCount"
    from "AccountGroup" g join "AccountGroupRole" s on s."groupId" = g.id join "Role" r on r.id = s."roleId"
    where g.id = ${groupId}::uuid and g."primaryAccountId" = ${scope}
    order by lower(r.name), r.id`
  return z.array(sharedRow).parse(rows).map(toView)
}
