import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import { auditMoved, jobNames } from '../../platform/audit.ts'
import { runMoved } from './deliveries.store.ts'

const progressRow = z.object({ releaseId: z.uuid(), cursor: z.uuid(), updated: z.number() })

/**
 * Packages that one statement looks at for as many installations as it takes: 2,000 installations of a pack of six
 * take some 300 ms on two cores, and those of a pack of a hundred are taken in smaller steps.
 */
const packagesAtOnce = 12_000
const nilId = '00000000-0000-0000-0000-000000000000'

/** How many installations a statement looks at, for releases of this size. */
export async function installationsAtOnce(
  tx: Tx,
  releaseIds: readonly string[],
  limit: number,
): Promise<number> {
  const rows = await tx.$queryRaw`
    select count(*)::int as packages from "ReleaseItem" where "releaseId" = any(${[...releaseIds]}::uuid[])
    group by "releaseId" order by packages desc limit 1`
  const [largest] = z.array(z.object({ packages: z.number() })).parse(rows)
  return Math.min(limit, Math.max(50, Math.floor(packagesAtOnce / (largest?.packages ?? 1))))
}

/** The next installations of these releases' packs, each with the release, how it comes and its number there. */
const nextChunk = (releaseIds: readonly string[], atOnce: number) => Prisma.sql`
  select i.id, i."packId", i."packType", i."accountId", r.id as "releaseId", r.sequence,
    case r.timing when 'DATED' then 'AUTOMATIC' else 'IMMEDIATE' end::"UpdatedHow" as how,
    i."deliveredCount" + case when i."lastDeliveredReleaseId" = r.id then 0 else 1 end as number,
    i."lastDeliveredReleaseId", i."lastDeliveredReleaseId" <> r.id as "isNew"
  from "Release" r
  -- From the cursor on and no further than needed: what has been passed is not read again.
  cross join lateral (
    select * from "Installation" i
    where i."packId" = r."packId" and i."uninstalledAt" is null and i.id > coalesce(r."fanOutCursor", ${nilId}::uuid)
    order by i.id
    limit ${atOnce}) i
  where r.id = any(${[...releaseIds]}::uuid[])
  order by r."packId", i.id
  limit ${atOnce}`

/**
 * Keeps attachments as they are until this transaction ends. In a statement of its own, before the one that moves them:
 * an Atom may just be registering or reporting, which a statement that waited for it would not see.
 */
export async function lockAttachments(tx: Tx, which: Prisma.Sql) {
  await tx.$executeRaw`
    select from "Attachment" a where a."detachedAt" is null and ${which} order by a.id for no key update`
}

/**
 * Part of a statement: brings each row of its `reached`, an installation, to a release that is its pack's current one.
 * The installation's count, what every attachment runs, the exactly-once record, the packages deployed, the deliveries
 * to Atoms and the audit entry stand or fall together. A row has id, "packType", "accountId", "lastDeliveredReleaseId" as
 * it was, "releaseId", sequence, how, number and "isNew", whether the release is delivered to the installation by this.
 */
export const bringReached = (actorName: string, now: Temporal.Instant) => Prisma.sql`
    counted as (
      update "Installation" i set "deliveredCount" = c.number, "lastDeliveredReleaseId" = c."releaseId"
      from reached c where i.id = c.id and c."isNew"),
    moved as (
      update "Attachment" a set "releaseId" = c."releaseId", "versionNumber" = c.number, "updatedHow" = c.how,
        "lastUpdatedAt" = ${now.toString()}::timestamptz
      -- What runs there is looked up row by row: as a join, a plan may begin with it and go through the whole pack.
      from reached c join "Attachment" before on before."installationId" = c.id and before."detachedAt" is null
        and (select running.sequence from "Release" running where running.id = before."releaseId") < c.sequence
      where a.id = before.id
      returning a.id, a."accountId", a."environmentId", c."releaseId", c.sequence, c.how, c.number,
        before."releaseId" as "fromReleaseId", before."versionNumber" as "fromNumber"),
    recorded as (
      insert into "ReleaseTarget" ("releaseId", "attachmentId", "accountId", "fromReleaseId", "fromNumber", "toNumber",
        how, "appliedAt")
      select "releaseId", id, "accountId", "fromReleaseId", "fromNumber", number, how, ${now.toString()}::timestamptz
      from moved),
    wrapped as (
      insert into "InstalledProcess" ("installationId", "componentId")
      select c.id, i."componentId" from reached c join "ReleaseItem" i on i."releaseId" = c."releaseId"
      -- Processes of the release before have their ids; a million times asking for what is there takes a tenth of it all.
      where c."packType" = 'MULTI' and c."isNew" and not exists (
        select from "ReleaseItem" had
        where had."releaseId" = c."lastDeliveredReleaseId" and had."componentId" = i."componentId")
      on conflict do nothing),
    ${runMoved(now, '')},
    audited as (${auditMoved(actorName, now)})`

/**
 * Brings the next installations of these releases' packs to their release, at most `limit` of them, and says for each
 * release how far it came, in one statement.
 *
 * Passed over: attachments that run the release already (applied early, they keep their number), detached ones, and
 * installations whose account no group connects with the pack any more. The releases must be their packs' current ones
 * and the packs locked, so that nobody installs, attaches or applies meanwhile.
 */
export async function fanOut(tx: Tx, releaseIds: readonly string[], limit: number, now: Temporal.Instant) {
  const chunk = nextChunk(releaseIds, await installationsAtOnce(tx, releaseIds, limit))
  await lockAttachments(tx, Prisma.sql`a."installationId" in (select id from (${chunk}) chunk)`)
  const rows = await tx.$queryRaw`
    with chunk as (${chunk}),
    reached as (
      select c.* from chunk c where exists (
        select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
        where gp."packId" = c."packId" and ga."accountId" = c."accountId")),
    ${bringReached(jobNames.releases, now)}
    select c."releaseId", c.cursor, coalesce(m.updated, 0) as updated
    from (select "releaseId", (array_agg(id order by id desc))[1] as cursor from chunk group by "releaseId") c
    -- Counted in one go: two hundred releases that each look through all that moved took a third of it all.
    left join (select "releaseId", count(*)::int as updated from moved group by "releaseId") m
      on m."releaseId" = c."releaseId"`
  return z.array(progressRow).parse(rows)
}

/**
 * Takes a cancelled release back from the attachments that applied it early, or a release that it had taken the place
 * of: they run the pack's current release again, under the number they had. Says how many those were. The pack is locked.
 */
export async function withdrawEarlyApplies(
  tx: Tx,
  { releaseId, now }: { releaseId: string; now: Temporal.Instant },
): Promise<number> {
  const ahead = Prisma.sql`
    select r.id, k.id as "packId", current.id as "currentReleaseId"
    from "Release" cancelled
    join "IntegrationPack" k on k.id = cancelled."packId"
    join "Release" current on current.id = k."currentReleaseId"
    join "Release" r on r."packId" = k.id and r.sequence > current.sequence
    where cancelled.id = ${releaseId}::uuid`
  await lockAttachments(
    tx,
    Prisma.sql`(a."packId", a."releaseId") in (select "packId", id from (${ahead}) ahead)`,
  )
  const rows = await tx.$queryRaw`
    with ahead as (${ahead}),
    applied as (
      select t."attachmentId", t."fromNumber", a."releaseId" as "fromReleaseId", a."versionNumber",
        ahead."currentReleaseId"
      from ahead join "ReleaseTarget" t on t."releaseId" = ahead.id
      join "Attachment" a on a.id = t."attachmentId" and a."releaseId" = ahead.id and a."detachedAt" is null),
    counted as (
      update "Installation" i set "deliveredCount" = i."deliveredCount" - 1,
        "lastDeliveredReleaseId" = ahead."currentReleaseId"
      from ahead
      where i."packId" = ahead."packId" and i."lastDeliveredReleaseId" = ahead.id and i."uninstalledAt" is null),
    moved as (
      update "Attachment" a set "releaseId" = p."currentReleaseId", "versionNumber" = p."fromNumber",
        "updatedHow" = 'WITHDRAWN', "lastUpdatedAt" = ${now.toString()}::timestamptz
      from applied p
      where a.id = p."attachmentId"
      returning a.id, a."accountId", a."environmentId", p."fromReleaseId", p."versionNumber" as "fromNumber",
        a."releaseId", a."versionNumber" as number, a."updatedHow" as how),
    ${runMoved(now, '')},
    audited as (${auditMoved('Release cancelled', now)})
    select count(*)::int as count from moved`
  const [withdrawn] = z.array(z.object({ count: z.number() })).parse(rows)
  return withdrawn?.count ?? 0
}
