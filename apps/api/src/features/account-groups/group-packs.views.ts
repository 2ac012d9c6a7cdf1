import {
  groupPack,
  type GroupPack,
  shareablePack,
  type ShareablePack,
} from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { AccountScope } from '../../platform/actor.ts'
import { type GroupQuery, loadPage, patternOf } from './group-pages.views.ts'

/** The packs that are shared through the group, by name, with what is installed in its accounts. */
export function listGroupPacks(
  db: Database,
  scope: AccountScope,
  { groupId, ...query }: GroupQuery,
): Promise<PageOf<GroupPack>> {
  const found = Prisma.sql`
    select k.id, k.name, k.type, r.sequence, r."finishedAt" as "releasedAt", gp."sharedAt", gp."sharedByName",
      exists (select from "SharingCatchUp" c where c."packId" = k.id) as "isCatchingUp",
      coalesce(base.installations, 0) as installations, coalesce(base.accounts, 0) as accounts
    from "AccountGroupPack" gp
    join "AccountGroup" g on g.id = gp."groupId" and g."primaryAccountId" = ${scope}
    join "IntegrationPack" k on k.id = gp."packId" join "Release" r on r.id = k."currentReleaseId"
    left join (
      select i."packId", count(*)::int as installations, count(distinct i."accountId")::int as accounts
      from "AccountGroupAccount" ga join "Installation" i on i."accountId" = ga."accountId" and i."uninstalledAt" is null
      where ga."groupId" = ${groupId}::uuid
      group by i."packId") base on base."packId" = k.id
    where gp."groupId" = ${groupId}::uuid and k.name ilike ${patternOf(query.search)}`
  return loadPage(db, { row: groupPack, found, order: Prisma.sql`lower(name), id` }, query)
}

/** What can be shared: the account's released packs that the group does not have yet. */
export function listShareablePacks(
  db: Database,
  scope: AccountScope,
  { groupId, ...query }: GroupQuery,
): Promise<PageOf<ShareablePack>> {
  const found = Prisma.sql`
    select k.id, k.name, k.type, r.sequence, r."finishedAt" as "releasedAt"
    from "IntegrationPack" k join "Release" r on r.id = k."currentReleaseId"
    where k."accountId" = ${scope} and k."deletedAt" is null and k.name ilike ${patternOf(query.search)}
      and not exists (select from "AccountGroupPack" gp where gp."groupId" = ${groupId}::uuid and gp."packId" = k.id)`
  return loadPage(db, { row: shareablePack, found, order: Prisma.sql`lower(name), id` }, query)
}
