import { accountGroupList, type AccountGroupView } from '@packline/contract/account-groups.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../platform/actor.ts'

const at = z.date().transform((date) => date.toISOString())
const groupRows = z.array(accountGroupList.element.extend({ changedAt: at }))

/** The account's groups with what is in them, All Accounts first. One statement; or one of them. */
export async function listGroups(
  db: Database | Tx,
  scope: AccountScope,
  groupId: string | null = null,
): Promise<AccountGroupView[]> {
  const rows = await db.$queryRaw`
    select g.id, g.name, g."isDefault", g."autoSubscribeAlertLevel", g.version, g."changedAt", g."changedByName",
      (select count(*)::int from "AccountGroupAccount" a where a."groupId" = g.id) as "accountCount",
      (select count(distinct u."userId")::int from "AccountGroupUser" u where u."groupId" = g.id) as "userCount",
      (select count(*)::int from "AccountGroupPack" p where p."groupId" = g.id) as "packCount",
      (select count(*)::int from "AccountGroupRole" r where r."groupId" = g.id) as "roleCount"
    from "AccountGroup" g
    where g."primaryAccountId" = ${scope} and (${groupId}::uuid is null or g.id = ${groupId}::uuid)
    order by g."isDefault" desc, lower(g.name), g.id`
  return groupRows.parse(rows)
}

export async function findGroup(
  db: Database | Tx,
  scope: AccountScope,
  groupId: string,
): Promise<AccountGroupView | undefined> {
  const [group] = await listGroups(db, scope, groupId)
  return group
}
