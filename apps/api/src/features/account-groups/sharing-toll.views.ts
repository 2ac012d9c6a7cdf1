import { removalPreview, type RemovalPreview } from '@packline/contract/account-groups.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { SharingToll } from '@packline/domain/account-groups/sharing-toll.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

/** What leaves the group: these packs of it, or these accounts; null stands for all. */
export type Leaving = {
  groupId: string
  packIds?: readonly string[] | null
  accountIds?: readonly string[] | null
}

const tollRow = z.object({
  installations: z.number(),
  accounts: z.number(),
  packs: z.number(),
  keptInstallations: z.number(),
  keptAccounts: z.number(),
})

const among = (column: Prisma.Sql, ids: readonly string[] | null | undefined, type: Prisma.Sql) =>
  ids === null || ids === undefined ? Prisma.sql`true` : Prisma.sql`${column} = any(${[...ids]}::${type}[])`

/** What becomes of what is installed through the group, in numbers (D-4). One statement. */
export async function countToll(
  db: Database,
  scope: AccountScope,
  { groupId, packIds, accountIds }: Leaving,
): Promise<SharingToll> {
  const rows = await db.$queryRaw`
    with installed as (
      select i.id, i."accountId", i."packId", exists (
        select from "AccountGroupPack" op join "AccountGroupAccount" oa on oa."groupId" = op."groupId"
        where op."packId" = i."packId" and oa."accountId" = i."accountId" and op."groupId" <> ${groupId}::uuid) as "isKept"
      from "AccountGroup" g
      join "AccountGroupPack" gp on gp."groupId" = g.id
      join "AccountGroupAccount" ga on ga."groupId" = g.id
      join "Installation" i on i."packId" = gp."packId" and i."accountId" = ga."accountId" and i."uninstalledAt" is null
      where g.id = ${groupId}::uuid and g."primaryAccountId" = ${scope}
        and ${among(Prisma.sql`gp."packId"`, packIds, Prisma.sql`uuid`)}
        and ${among(Prisma.sql`ga."accountId"`, accountIds, Prisma.sql`text`)})
    select count(*) filter (where not "isKept")::int as installations,
      count(distinct "accountId") filter (where not "isKept")::int as accounts,
      count(distinct "packId") filter (where not "isKept")::int as packs,
      count(*) filter (where "isKept")::int as "keptInstallations",
      count(distinct "accountId") filter (where "isKept")::int as "keptAccounts"
    from installed`
  const [row] = z.tuple([tollRow]).parse(rows)
  const { installations, accounts, packs } = row
  return {
    cutOff: { installations, accounts, packs },
    kept: { installations: row.keptInstallations, accounts: row.keptAccounts },
  }
}

const lostRow = removalPreview.pick({ users: true, sharedRoleUsers: true })

/** The same for accounts that leave, or the whole group, with who loses access and shared roles. Two statements. */
export async function previewRemoval(
  db: Database,
  scope: AccountScope,
  leaving: Omit<Leaving, 'packIds'>,
): Promise<RemovalPreview> {
  const { groupId, accountIds } = leaving
  const sharing = await countToll(db, scope, leaving)
  const rows = await db.$queryRaw`
    with gone as (
      select ga."accountId" from "AccountGroup" g join "AccountGroupAccount" ga on ga."groupId" = g.id
      where g.id = ${groupId}::uuid and g."primaryAccountId" = ${scope}
        and ${among(Prisma.sql`ga."accountId"`, accountIds, Prisma.sql`text`)})
    select (
      select count(*)::int from (select distinct "userId" from "AccountGroupUser" where "groupId" = ${groupId}::uuid) u
      where exists (
        select from gone where not exists (
          select from "Membership" m where m."userId" = u."userId" and m."accountId" = gone."accountId")
        and not exists (
          select from "AccountGroupUser" ou join "AccountGroupAccount" oa on oa."groupId" = ou."groupId"
          where ou."userId" = u."userId" and oa."accountId" = gone."accountId" and ou."groupId" <> ${groupId}::uuid))) as users,
      (select count(distinct m."userId")::int
      from gone join "Membership" m on m."accountId" = gone."accountId"
      join "AccountGroupRole" s on s."roleId" = m."roleId" and s."groupId" = ${groupId}::uuid
      where not exists (
        select from "AccountGroupRole" os join "AccountGroupAccount" oa on oa."groupId" = os."groupId"
        where os."roleId" = m."roleId" and oa."accountId" = gone."accountId" and os."groupId" <> ${groupId}::uuid))
        as "sharedRoleUsers"`
  const [lost] = z.tuple([lostRow]).parse(rows)
  return { sharing, ...lost }
}
