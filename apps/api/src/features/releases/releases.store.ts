import type { Tx } from '@packline/database/client.ts'
import type { ReleaseSchedule } from '@packline/domain/releases/release-schedule.ts'
import type { ReleaseStatus, ReleaseTiming } from '@packline/domain/releases/release-status.ts'
import { z } from 'zod'
import type { AccountScope, Actor } from '../../platform/actor.ts'
import { zoneDataInUse } from '../../platform/zone-data.ts'

const lockedRelease = z.object({
  id: z.uuid(),
  packId: z.uuid(),
  sequence: z.number(),
  requestId: z.uuid(),
  status: z.enum(['SCHEDULED', 'IN_PROGRESS', 'SUCCESS', 'ERROR', 'SUPERSEDED', 'CANCELLED']),
  timing: z.enum(['IMMEDIATE', 'DATED']),
  releaseOn: z.string().nullable(),
  timeZone: z.string().nullable(),
  scheduledByName: z.string(),
  startedAt: z.date().nullable(),
  notes: z.string(),
})
export type LockedRelease = z.infer<typeof lockedRelease> & { status: ReleaseStatus; timing: ReleaseTiming }

/** Which pack a release of this account belongs to; its lock comes before the release's own. */
export async function findPackOfRelease(
  tx: Tx,
  scope: AccountScope,
  releaseId: string,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    select r."packId" from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.id = ${releaseId}::uuid and k."accountId" = ${scope}`
  return z.array(z.object({ packId: z.uuid() })).parse(rows)[0]?.packId
}

/** The release, locked. The caller holds its pack's lock. */
export async function lockRelease(tx: Tx, releaseId: string): Promise<LockedRelease> {
  const [release] = await lockReleases(tx, [releaseId])
  return release ?? vanished()
}

function vanished(): never {
  throw new Error("A release vanished under its pack's lock")
}

/** The releases, locked. The caller holds the locks of their packs. */
export async function lockReleases(tx: Tx, releaseIds: readonly string[]): Promise<LockedRelease[]> {
  if (releaseIds.length === 0) return []
  const rows = await tx.$queryRaw`
    select id, "packId", sequence, "requestId", status, timing, "releaseOn"::text, "timeZone", "scheduledByName",
      "startedAt", notes
    from "Release" where id = any(${[...releaseIds]}::uuid[]) order by id for update`
  const locked = z.array(lockedRelease).parse(rows)
  return locked.length === releaseIds.length ? locked : vanished()
}

/** Keeps the chosen packages as they are until the release that takes them is written. */
export async function holdPackages(tx: Tx, packageIds: readonly string[]) {
  await tx.$queryRaw`
    select id from "PackagedComponent" where id = any(${[...packageIds]}::uuid[]) order by id for share`
}

export type NewRelease = {
  packId: string
  content: readonly { id: string; componentId: string }[]
  schedule: ReleaseSchedule
  notes: string
  isRollback: boolean
  previousReleaseId: string | null
  /** Taken over from the scheduled release that this one replaces, so that whoever polls it goes on. */
  requestId: string | null
  actor: Actor
}

const insertedRelease = z.object({ id: z.uuid(), packId: z.uuid(), sequence: z.number() })
export type InsertedRelease = z.infer<typeof insertedRelease>

/** Inserts releases of different packs with their frozen contents, each waiting for its due instant; by their packs. */
export async function insertReleases(
  tx: Tx,
  releases: readonly NewRelease[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, InsertedRelease>> {
  const rows = await tx.$queryRaw`
    insert into "Release" (id, "packId", sequence, "requestId", status, timing, "releaseOn", "timeZone", "dueAt",
      "windowEndsAt", "zoneDataVersion", "scheduledById", "scheduledByName", notes, "isRollback", "previousReleaseId",
      "createdAt", "changedAt", "nextTryAt")
    select new_id(), n."packId",
      1 + coalesce((select max(r.sequence) from "Release" r where r."packId" = n."packId"), 0),
      coalesce(n."requestId", gen_random_uuid()), 'SCHEDULED', n.timing, n."releaseOn", n."timeZone", n."dueAt",
      n."windowEndsAt", ${zoneDataInUse}, n."scheduledById", n."scheduledByName", n.notes, n."isRollback",
      n."previousReleaseId", ${now.toString()}::timestamptz, ${now.toString()}::timestamptz, n."dueAt"
    from jsonb_to_recordset(${JSON.stringify(releases.map(toRow))}::jsonb) n("packId" uuid, "requestId" uuid,
      timing "ReleaseTiming", "releaseOn" date, "timeZone" text, "dueAt" timestamptz, "windowEndsAt" timestamptz,
      "scheduledById" uuid, "scheduledByName" text, notes text, "isRollback" boolean, "previousReleaseId" uuid)
    returning id, "packId", sequence`
  const inserted = new Map(
    z
      .array(insertedRelease)
      .parse(rows)
      .map((release) => [release.packId, release]),
  )
  const items = releases.flatMap(({ packId, content }) =>
    content.map(({ id, componentId }) => ({
      releaseId: inserted.get(packId)?.id,
      componentId,
      packageId: id,
    })),
  )
  await tx.$executeRaw`
    insert into "ReleaseItem" ("releaseId", "componentId", "packageId")
    select "releaseId", "componentId", "packageId"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) i("releaseId" uuid, "componentId" uuid, "packageId" uuid)`
  return inserted
}

const toRow = ({ schedule, actor, content: _content, ...release }: NewRelease) => ({
  ...release,
  timing: schedule.timing,
  releaseOn: schedule.releaseOn,
  timeZone: schedule.timeZone,
  dueAt: schedule.dueAt,
  windowEndsAt: schedule.window.end,
  scheduledById: actor.userId,
  scheduledByName: actor.name,
})

/** Gives a scheduled release another schedule; whoever changed it is the scheduler from now on. */
export async function saveSchedule(
  tx: Tx,
  releaseId: string,
  { schedule, actor, now }: { schedule: ReleaseSchedule; actor: Actor; now: Temporal.Instant },
) {
  await tx.$executeRaw`
    update "Release" set timing = ${schedule.timing}::"ReleaseTiming",
      "releaseOn" = ${schedule.releaseOn}::date, "timeZone" = ${schedule.timeZone},
      "dueAt" = ${schedule.dueAt.toString()}::timestamptz, "nextTryAt" = ${schedule.dueAt.toString()}::timestamptz,
      "windowEndsAt" = ${schedule.window.end.toString()}::timestamptz, "zoneDataVersion" = ${zoneDataInUse},
      "scheduledById" = ${actor.userId}::uuid, "scheduledByName" = ${actor.name},
      "changedAt" = ${now.toString()}::timestamptz, attempts = 0, "lastError" = null
    where id = ${releaseId}::uuid and status = 'SCHEDULED'`
}

/** The releases never go out: others took their places. */
export async function markSuperseded(tx: Tx, releaseIds: readonly string[], now: Temporal.Instant) {
  if (releaseIds.length === 0) return
  await tx.$executeRaw`
    update "Release" set status = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    where id = any(${[...releaseIds]}::uuid[]) and status = 'SCHEDULED'`
}

/** Failed releases of the packs give way to new ones. Returns them. */
export async function supersedeFailed(tx: Tx, packIds: readonly string[], now: Temporal.Instant) {
  const rows = await tx.$queryRaw`
    update "Release" set status = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    where "packId" = any(${[...packIds]}::uuid[]) and status = 'ERROR'
    returning id, "packId"`
  return z.array(z.object({ id: z.uuid(), packId: z.uuid() })).parse(rows)
}

/** The pack's newest release that was not cancelled or replaced, and whether one is going out. */
export async function findSequences(tx: Tx, packId: string) {
  const rows = await tx.$queryRaw`
    select coalesce(max(sequence) filter (where status not in ('CANCELLED', 'SUPERSEDED')), 0) as "latestSequence",
      coalesce(bool_or(status = 'IN_PROGRESS' or (status = 'SCHEDULED' and timing = 'IMMEDIATE')), false)
        as "isReleasing"
    from "Release" where "packId" = ${packId}::uuid`
  const [found] = z.array(z.object({ latestSequence: z.number(), isReleasing: z.boolean() })).parse(rows)
  return found ?? { latestSequence: 0, isReleasing: false }
}

/** Says which release took the place of each that was superseded a moment ago. */
export async function nameSuccessors(
  tx: Tx,
  superseded: readonly { id: string; successorId: string | undefined }[],
) {
  if (superseded.length === 0) return
  await tx.$executeRaw`
    update "Release" r set "supersededById" = s."successorId"
    from jsonb_to_recordset(${JSON.stringify(superseded)}::jsonb) s(id uuid, "successorId" uuid)
    where r.id = s.id`
}

export type Cancellation = { reason: string; actorName: string; now: Temporal.Instant }

export async function markCancelled(tx: Tx, releaseId: string, { reason, actorName, now }: Cancellation) {
  const at = now.toString()
  await tx.$executeRaw`
    update "Release" set status = 'CANCELLED', "cancelledAt" = ${at}::timestamptz, "changedAt" = ${at}::timestamptz,
      "cancelledByName" = ${actorName}, "cancelReason" = ${reason}
    where id = ${releaseId}::uuid`
}

const ended = z.object({ id: z.uuid(), sequence: z.number(), status: z.enum(['SCHEDULED', 'IN_PROGRESS']) })

/**
 * Ends the pack's scheduled release and the one that is going out, so that neither goes on. Returns them as they were.
 * A worker that holds one of them finishes its chunk first.
 */
export async function cancelOpenReleases(tx: Tx, packId: string, cancellation: Cancellation) {
  const at = cancellation.now.toString()
  const rows = await tx.$queryRaw`
    with open as (
      select id, sequence, status from "Release"
      where "packId" = ${packId}::uuid and status in ('SCHEDULED', 'IN_PROGRESS')
      order by id for update),
    ended as (
      update "Release" r set status = 'CANCELLED', "cancelReason" = ${cancellation.reason},
        "cancelledByName" = ${cancellation.actorName}, "cancelledAt" = ${at}::timestamptz,
        "changedAt" = ${at}::timestamptz
      from open where r.id = open.id)
    select id, sequence, status from open order by sequence`
  return z.array(ended).parse(rows)
}

/** A failed release is due again, its attempts counted from nought. */
export async function markForRetry(tx: Tx, release: LockedRelease, now: Temporal.Instant) {
  const at = now.toString()
  await tx.$executeRaw`
    update "Release" set status = ${release.startedAt ? 'IN_PROGRESS' : 'SCHEDULED'}::"ReleaseStatus", attempts = 0,
      "lastError" = null, "nextTryAt" = ${at}::timestamptz, "changedAt" = ${at}::timestamptz
    where id = ${release.id}::uuid`
}
