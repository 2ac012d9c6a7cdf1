import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { ReleaseWindow } from '@packline/domain/time/release-window.ts'
import { z } from 'zod'

const instant = z.date().transform((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()))

const claimedRelease = z.object({
  id: z.uuid(),
  packId: z.uuid(),
  accountId: z.string(),
  packName: z.string(),
  sequence: z.number(),
  status: z.enum(['SCHEDULED', 'IN_PROGRESS']),
  attempts: z.number(),
  /** When it was found due. */
  claimedAt: instant,
})
export type ClaimedRelease = z.infer<typeof claimedRelease>

/**
 * Claims releases that are due, each with its pack, for this transaction. What another worker or a person holds is
 * skipped and found again on the next round; the claim ends with the transaction, so a crash frees it at once.
 * The order is the one of the index `Release_queue`: thousands of packs share one midnight, and sorting them for
 * every claim made it 40 times slower.
 */
export async function claimDueReleases(tx: Tx, limit: number): Promise<ClaimedRelease[]> {
  const rows = await tx.$queryRaw`
    select r.id, r."packId", k."accountId", k.name as "packName", r.sequence, r.status, r.attempts,
      app_now() as "claimedAt"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.status in ('SCHEDULED', 'IN_PROGRESS') and r."nextTryAt" <= app_now()
    order by r."nextTryAt", r.id
    limit ${limit}
    for update of r, k skip locked`
  return z.array(claimedRelease).parse(rows)
}

/** Claims one release, if it is due and still waits to go out; the caller may already hold its pack. */
export const claimRelease = (tx: Tx, releaseId: string) => claimReleases(tx, [releaseId])

/** Claims those of the releases that are due and still wait to go out; the caller may already hold their packs. */
export async function claimReleases(tx: Tx, releaseIds: readonly string[]): Promise<ClaimedRelease[]> {
  const rows = await tx.$queryRaw`
    select r.id, r."packId", k."accountId", k.name as "packName", r.sequence, r.status, r.attempts,
      app_now() as "claimedAt"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.id = any(${[...releaseIds]}::uuid[]) and r.status in ('SCHEDULED', 'IN_PROGRESS')
      and r."nextTryAt" <= app_now()
    order by r.id
    for update of r, k skip locked`
  return z.array(claimedRelease).parse(rows)
}

/** Due and unclaimed, or claimed by somebody: the ids in queue order, without a lock. */
export async function listDueReleases(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select id from "Release"
    where status in ('SCHEDULED', 'IN_PROGRESS') and "nextTryAt" <= app_now()
    order by "nextTryAt", id limit ${limit}`
  return z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .map(({ id }) => id)
}

/**
 * How long until the next release is due, in milliseconds of business time; undefined when none waits. Asked before a
 * claim, which takes the database several times as long to plan.
 */
export async function untilNextDue(tx: Pick<Tx, '$queryRaw'>): Promise<number | undefined> {
  const rows = await tx.$queryRaw`
    select extract(epoch from "nextTryAt" - app_now())::float8 * 1000 as millis from "Release"
    where status in ('SCHEDULED', 'IN_PROGRESS') order by "nextTryAt", id limit 1`
  return z.array(z.object({ millis: z.number() })).parse(rows)[0]?.millis
}

/** The claimed releases go out from now on: each becomes its pack's current one with the next statement. */
export async function markStarted(tx: Tx, releaseIds: readonly string[], now: Temporal.Instant) {
  await tx.$executeRaw`
    update "Release" r set status = 'IN_PROGRESS', "startedAt" = ${now.toString()}::timestamptz,
      "changedAt" = ${now.toString()}::timestamptz, "previousReleaseId" = k."currentReleaseId"
    from "IntegrationPack" k
    where r.id = any(${[...releaseIds]}::uuid[]) and k.id = r."packId"`
}

const scheduledRelease = z.object({
  id: z.uuid(),
  accountId: z.string(),
  releaseOn: z.string(),
  timeZone: z.string(),
  dueAt: z.date(),
  zoneDataVersion: z.string(),
})

/**
 * The next scheduled releases after that id whose instants were derived with older zone data, locked. Those in other
 * hands are waited for.
 */
export async function lockScheduledWithOlderZoneData(
  tx: Tx,
  zoneDataVersion: string,
  { after, limit }: { after: string | undefined; limit: number },
) {
  const rows = await tx.$queryRaw`
    select r.id, k."accountId", r."releaseOn"::text, r."timeZone", r."dueAt", r."zoneDataVersion"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.status = 'SCHEDULED' and r.timing = 'DATED' and r."zoneDataVersion" < ${zoneDataVersion}
      and (${after ?? null}::uuid is null or r.id > ${after ?? null}::uuid)
    order by r.id limit ${limit} for update of r`
  return z.array(scheduledRelease).parse(rows)
}

/** Moves a due instant to where newer zone data has it. */
export async function moveDueInstant(
  tx: Tx,
  releaseId: string,
  { window, zoneDataVersion, now }: { window: ReleaseWindow; zoneDataVersion: string; now: Temporal.Instant },
) {
  await tx.$executeRaw`
    update "Release" set "zoneDataVersion" = ${zoneDataVersion}, "dueAt" = ${window.start.toString()}::timestamptz,
      "nextTryAt" = ${window.start.toString()}::timestamptz, "windowEndsAt" = ${window.end.toString()}::timestamptz,
      "changedAt" = ${now.toString()}::timestamptz
    where id = ${releaseId}::uuid`
}

/** Notes that newer zone data has the due instants of these where they are. */
export async function confirmDueInstants(tx: Tx, releaseIds: readonly string[], zoneDataVersion: string) {
  if (releaseIds.length === 0) return
  await tx.$executeRaw`
    update "Release" set "zoneDataVersion" = ${zoneDataVersion} where id = any(${[...releaseIds]}::uuid[])`
}

/** Goes out within 24 hours, and nobody was reminded of that date. */
const isToRemindOf = (at: string) => Prisma.sql`
  status = 'SCHEDULED' and timing = 'DATED' and "remindedFor" is distinct from "releaseOn"
  and "nextTryAt" > ${at}::timestamptz and "nextTryAt" <= ${at}::timestamptz + interval '24 hours'`

/** Its window has ended, and it waits or goes out still. A next try is never further away; for the index. */
const isOverdue = (at: string) => Prisma.sql`
  status in ('SCHEDULED', 'IN_PROGRESS') and "windowEndsAt" <= ${at}::timestamptz
  and "nextTryAt" <= ${at}::timestamptz + interval '10 minutes'`

/** Whether a claim would find one to remind of: nearly always there is none, and claiming takes much longer to plan. */
export async function isAnyToRemind(tx: Tx, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select id from "Release" where ${isToRemindOf(now.toString())} order by "nextTryAt", id limit 1`
  return rows.length > 0
}

const toRemind = z.object({ id: z.uuid(), wasToldToday: z.boolean() })

/**
 * Marks releases that go out within 24 hours as reminded of and returns them, each for one of its dates once, whichever
 * instance comes first; `wasToldToday` says that their date was told less than 24 hours before them anyway.
 */
export async function claimToRemind(tx: Tx, now: Temporal.Instant, limit: number) {
  const rows = await tx.$queryRaw`
    with coming as (
      select id from "Release" where ${isToRemindOf(now.toString())}
      order by "nextTryAt", id
      limit ${limit}
      for no key update skip locked)
    update "Release" r set "remindedFor" = r."releaseOn" from coming where r.id = coming.id
    returning r.id, exists (
      select from "Event" e
      where e."releaseId" = r.id and e.type in ('release.scheduled', 'release.changed')
        and e.at > r."dueAt" - interval '24 hours') as "wasToldToday"`
  return z.array(toRemind).parse(rows)
}

/** Whether the window of any has ended that still waits or goes out, told of or not: as isAnyToRemind. */
export async function isAnyOverdue(tx: Tx, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select id from "Release" where ${isOverdue(now.toString())} order by "nextTryAt", id limit 1`
  return rows.length > 0
}

/** Releases whose window has ended and that still wait or go out; those told of already are left out. */
export async function listOverdue(tx: Tx, now: Temporal.Instant, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select id from "Release" r
    where ${isOverdue(now.toString())}
      and not exists (select from "Event" e where e."releaseId" = r.id and e.type = 'release.late')
    order by "nextTryAt", id limit ${limit}`
  return z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .map(({ id }) => id)
}

export type Progress = { releaseId: string; cursor: string; updated: number }

/** Remembers how far the fan-out of each release has come, in the transaction that came so far. */
export async function saveProgress(tx: Tx, progress: readonly Progress[]) {
  if (progress.length === 0) return
  await tx.$executeRaw`
    update "Release" r set "fanOutCursor" = p.cursor, "fanOutCount" = r."fanOutCount" + p.updated
    from jsonb_to_recordset(${JSON.stringify(progress)}::jsonb) p("releaseId" uuid, cursor uuid, updated int)
    where r.id = p."releaseId"`
}

const finishedRelease = z.object({
  id: z.uuid(),
  timing: z.enum(['IMMEDIATE', 'DATED']),
  dueAt: instant,
  windowEndsAt: instant,
})
export type FinishedRelease = z.infer<typeof finishedRelease>

/** Those of the releases that have passed every installation of their pack: done. Returns them. */
export async function markFinished(
  tx: Tx,
  releaseIds: readonly string[],
  now: Temporal.Instant,
): Promise<FinishedRelease[]> {
  const rows = await tx.$queryRaw`
    update "Release" r set status = 'SUCCESS', "finishedAt" = ${now.toString()}::timestamptz,
      "changedAt" = ${now.toString()}::timestamptz, "lastError" = null
    where r.id = any(${[...releaseIds]}::uuid[]) and not exists (
      select from "Installation" i where i."packId" = r."packId" and i."uninstalledAt" is null
        and i.id > coalesce(r."fanOutCursor", '00000000-0000-0000-0000-000000000000'))
    returning r.id, r.timing, r."dueAt", r."windowEndsAt"`
  return z.array(finishedRelease).parse(rows)
}

/**
 * Notes a failed attempt: when it is tried again, or that it has failed for good until somebody tries again. Only the
 * latter changes the release: until then its date of change is the one of whoever scheduled it.
 */
export async function markFailedAttempt(
  tx: Tx,
  releaseId: string,
  failure: { attempts: number; error: string; nextTryAt: Temporal.Instant | null; now: Temporal.Instant },
) {
  const nextTryAt = failure.nextTryAt?.toString() ?? null
  await tx.$executeRaw`
    update "Release" set attempts = ${failure.attempts}, "lastError" = ${failure.error},
      "nextTryAt" = coalesce(${nextTryAt}::timestamptz, "nextTryAt"),
      status = case when ${nextTryAt}::timestamptz is null then 'ERROR' else status end,
      "changedAt" = case when ${nextTryAt}::timestamptz is null then ${failure.now.toString()}::timestamptz else "changedAt" end
    where id = ${releaseId}::uuid and status in ('SCHEDULED', 'IN_PROGRESS')`
}
