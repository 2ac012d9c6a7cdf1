import type { Tx } from '@packline/database/client.ts'
import type { EventType, ReleaseEventType } from '@packline/domain/notices/event-type.ts'
import { z } from 'zod'
import type { Listener, Signals } from './signals.ts'

/** The channel on which the jobs hear that something is to be told. */
const eventChannel = 'packline_events'

export type NewEvent = {
  /** One event, one row: written again under the same key, it stays the one it is. */
  key: string
  type: EventType
  at: Temporal.Instant
  /** In whose account it happened. */
  accountId: string
  packId?: string
  releaseId?: string
  objectId?: string
  actor?: { userId: string; name: string }
  /** What the texts need to know of that moment. Whoever is told sees only what concerns them of it. */
  data?: Record<string, unknown>
}

/** Writes down what happened and is to be told, in the transaction in which it happens; the job spreads it. */
export async function recordEvent(tx: Tx, event: NewEvent) {
  await tx.$executeRaw`
    insert into "Event" (key, type, at, "accountId", "packId", "releaseId", "objectId", "actorUserId", "actorName", data)
    values (${event.key}, ${event.type}, ${event.at.toString()}::timestamptz, ${event.accountId},
      ${event.packId ?? null}::uuid, ${event.releaseId ?? null}::uuid, ${event.objectId ?? ''},
      ${event.actor?.userId ?? null}::uuid, ${event.actor?.name ?? ''}, ${JSON.stringify(event.data ?? {})}::jsonb)
    on conflict (key) do nothing`
  await announce(tx)
}

/** How often it can happen to a release: once, once for each of its dates, or after any change of its pack again. */
const onceFor: Record<ReleaseEventType, 'ever' | 'date' | 'change'> = {
  'release.scheduled': 'ever',
  'release.changed': 'change',
  'release.cancelled': 'ever',
  'release.reminder': 'date',
  'release.released': 'ever',
  'release.late': 'ever',
  'release.failed': 'change',
}

export type ReleaseEvents = {
  type: ReleaseEventType
  releaseIds: readonly string[]
  at: Temporal.Instant
  /** The job, when nobody is named. */
  actor?: { userId: string; name: string } | undefined
  /** Besides the facts of the release as it is now. */
  data?: Record<string, unknown>
}

/**
 * Writes down the same event of each of these releases with the facts of the release and its pack as they are now: one
 * row a release, however many installations it reaches, and one statement for a whole midnight's batch.
 */
export async function recordReleaseEvents(tx: Tx, { type, releaseIds, at, actor, data }: ReleaseEvents) {
  if (releaseIds.length === 0) return
  await tx.$executeRaw`
    insert into "Event" (key, type, at, "accountId", "packId", "releaseId", "objectId", "actorUserId", "actorName", data)
    select ${type} || ':' || r.id
        || case ${onceFor[type]} when 'ever' then '' when 'date' then ':' || r."releaseOn" else ':' || k.version end, ${type},
      ${at.toString()}::timestamptz, k."accountId", k.id, r.id, r.id::text, ${actor?.userId ?? null}::uuid,
      ${actor?.name ?? ''}, jsonb_build_object('packName', k.name, 'sequence', r.sequence, 'timing', r.timing,
        'releaseOn', r."releaseOn", 'timeZone', r."timeZone", 'windowStartsAt', r."dueAt", 'windowEndsAt', r."windowEndsAt",
        'notes', r.notes, 'scheduledById', r."scheduledById", 'scheduledByName', r."scheduledByName",
        'lateBySeconds', case when r."finishedAt" >= r."windowEndsAt"
          then extract(epoch from r."finishedAt" - r."windowEndsAt")::int end)
        || ${JSON.stringify(data ?? {})}::jsonb
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.id = any(${[...releaseIds]}::uuid[])
    on conflict (key) do nothing`
  await announce(tx)
}

const ids = z.array(z.object({ id: z.uuid() })).transform((rows) => rows.map(({ id }) => id))

/**
 * Claims events that are not spread yet, the oldest first or a certain one, for this transaction. Those another instance
 * holds are skipped; the claim ends with the transaction.
 */
export async function claimEvents(tx: Tx, { id = null, limit }: { id?: string | null; limit: number }) {
  return ids.parse(
    await tx.$queryRaw`
      select id from "Event"
      where "spreadAt" is null and (${id}::uuid is null or id = ${id}::uuid)
      order by "writtenAt", id
      limit ${limit}
      for no key update skip locked`,
  )
}

/** Events not spread yet, without a lock. */
export async function listWaitingEvents(tx: Tx, limit: number) {
  return ids.parse(
    await tx.$queryRaw`select id from "Event" where "spreadAt" is null order by "writtenAt", id limit ${limit}`,
  )
}

export type SpreadStep = { eventId: string; cursor: string }

/**
 * Notes how far these events have been spread, and marks those as spread that have passed every installation of their
 * pack; says which. Lateness and what happens in a managed account concern no installations.
 */
export async function markSpread(tx: Tx, eventIds: readonly string[], steps: readonly SpreadStep[]) {
  await tx.$executeRaw`
    update "Event" e set "spreadCursor" = s.cursor
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) s("eventId" uuid, cursor uuid) where e.id = s."eventId"`
  return ids.parse(
    await tx.$queryRaw`
      update "Event" e set "spreadAt" = app_now()
      where e.id = any(${[...eventIds]}::uuid[]) and (e.type not like 'release.%' or e.type = 'release.late' or not exists (
        select from "Installation" i
        where i."packId" = e."packId" and i."uninstalledAt" is null
          and i.id > coalesce(e."spreadCursor", '00000000-0000-0000-0000-000000000000')))
      returning e.id`,
  )
}

/** Wakes the jobs once this transaction is committed. */
async function announce(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${eventChannel}, '')`
}

/** Calls `onSignal` whenever something is to be told, whichever instance wrote it. */
export const listenForEvents = (signals: Signals, onSignal: () => void): Listener =>
  signals.listen({ channels: [eventChannel], onSignal })
