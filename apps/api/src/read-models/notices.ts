import type { NoticeTarget } from '@packline/contract/notices.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import type { Prisma } from '@packline/database/generated/client.ts'
import { type EventType, eventTypes } from '@packline/domain/notices/event-type.ts'
import type { NoticeFacts } from '@packline/domain/notices/notice-facts.ts'
import { z } from 'zod'

const isoInstant = z.date().transform((date) => date.toISOString())
const releaseDate = z.object({ releaseOn: z.string(), timeZone: z.string() })

/** What events keep of their moment; each kind has some of it. */
const eventData = z.object({
  packName: z.string().default(''),
  timing: z.string().optional(),
  releaseOn: z.string().nullish(),
  timeZone: z.string().nullish(),
  windowStartsAt: z.string().optional(),
  windowEndsAt: z.string().optional(),
  notes: z.string().default(''),
  reason: z.string().nullish(),
  cause: z.string().nullish(),
  change: z.enum(['date', 'versions']).nullish(),
  before: releaseDate.nullish().catch(null),
  lateBySeconds: z.number().nullish(),
  installationName: z.string().nullish(),
  environmentId: z.string().nullish(),
  environmentName: z.string().nullish(),
  toNumber: z.number().nullish(),
  atomName: z.string().nullish(),
  url: z.string().nullish(),
})

const row = z.object({
  id: z.uuid(),
  at: isoInstant,
  readAt: isoInstant.nullable(),
  calendarKey: z.uuid(),
  type: z.enum(eventTypes),
  isPublisher: z.boolean(),
  actorName: z.string(),
  data: eventData,
  packId: z.uuid().nullable(),
  releaseId: z.uuid().nullable(),
  isPackThere: z.boolean(),
  webhookId: z.uuid().nullable(),
  isStillToCome: z.boolean(),
  environmentNames: z.array(z.string()),
  environmentIds: z.array(z.uuid()),
  /** The Atom that the first of them is the place of. */
  atomId: z.uuid().nullable(),
  environmentCount: z.number(),
  versionNumber: z.number().nullable(),
})
type Row = z.infer<typeof row>

export type LoadedNotice = {
  id: string
  at: string
  readAt: string | null
  facts: NoticeFacts
  target: NoticeTarget | null
  /** Null when there is nothing to put into a calendar. */
  calendarKey: string | null
}

/** Environments that a notice names; the others are counted. */
const namedEnvironments = 3

/**
 * The notices that `chosen` names, from "Notice" n, in its order: one statement, each with what its reader may know. The
 * environments are the reader's account's own: those that the release reached, or where its pack is attached now.
 */
export async function loadNotices(db: Database | Tx, chosen: Prisma.Sql): Promise<LoadedNotice[]> {
  const rows = await db.$queryRaw`
    with chosen as materialized (${chosen})
    select n.id, n.at, n."readAt", n."calendarKey", e.type, e."actorName", e.data, e."packId", e."releaseId",
      e.type like 'release.%' and n."accountId" = e."accountId" as "isPublisher",
      k.id is not null and k."deletedAt" is null as "isPackThere", w.id as "webhookId",
      coalesce(r.status = 'SCHEDULED' and r.timing = 'DATED' and r."releaseOn"::text = e.data ->> 'releaseOn', false)
        as "isStillToCome",
      coalesce(places.names[1:${namedEnvironments}], '{}') as "environmentNames", coalesce(places.ids[1:1], '{}') as "environmentIds",
      (select p."placeOfAtomId" from "Environment" p
        where p.id = coalesce(places.ids[1], (e.data ->> 'environmentId')::uuid)) as "atomId",
      coalesce(array_length(places.ids, 1), 0) as "environmentCount", places.number as "versionNumber"
    from chosen n
    join "Event" e on e.id = n."eventId"
    left join "IntegrationPack" k on k.id = e."packId"
    left join "Release" r on r.id = e."releaseId"
    left join "Webhook" w on e.type = 'webhook.paused' and w.id::text = e."objectId" and w."accountId" = n."accountId"
    left join lateral (
      select array_agg(place.name order by lower(place.name), place.id) as names,
        array_agg(place.id order by lower(place.name), place.id) as ids,
        case when count(distinct place.number) = 1 then min(place.number) end as number
      from (
        select p.id, p.name, max(t."toNumber") as number
        from "ReleaseTarget" t
        join "Attachment" a on a.id = t."attachmentId"
        join "Environment" p on p.id = a."environmentId"
        where e.type = 'release.released' and t."releaseId" = e."releaseId" and t."accountId" = n."accountId"
        group by p.id, p.name
        union all
        select p.id, p.name, null
        from "Attachment" a join "Environment" p on p.id = a."environmentId"
        where e.type in ('release.scheduled', 'release.changed', 'release.reminder', 'release.cancelled', 'release.failed')
          and a."accountId" = n."accountId" and a."packId" = e."packId" and a."detachedAt" is null
        group by p.id, p.name) place) places on n."accountId" <> e."accountId"
    order by n.at desc, n.id desc`
  return z.array(row).parse(rows).map(toNotice)
}

function toNotice(found: Row): LoadedNotice {
  const { id, at, readAt, calendarKey } = found
  return {
    id,
    at,
    readAt,
    facts: found.isPublisher ? forPublisher(found) : forConsumer(found),
    target: targetOf(found),
    calendarKey: found.isStillToCome && beforeIt.has(found.type) ? calendarKey : null,
  }
}

const beforeIt: ReadonlySet<EventType> = new Set(['release.scheduled', 'release.changed', 'release.reminder'])

function forPublisher({ type, data, actorName }: Row): NoticeFacts {
  return {
    ...shared(type, data),
    side: 'publisher',
    by: actorName || null,
    reason: data.reason ?? null,
    cause: data.cause ?? null,
    lateBySeconds: data.lateBySeconds ?? null,
    environmentNames: [],
    environmentCount: 0,
    versionNumber: null,
  }
}

function forConsumer({ type, data, ...rest }: Row): NoticeFacts {
  const isOwn = !type.startsWith('release.')
  const ownPlace = isOwn && data.environmentName ? [data.environmentName] : []
  return {
    ...shared(type, data),
    side: 'consumer',
    by: isOwn ? rest.actorName || null : null,
    reason: null,
    cause: isOwn ? (data.cause ?? null) : null,
    lateBySeconds: null,
    environmentNames: isOwn ? ownPlace : rest.environmentNames,
    environmentCount: isOwn ? ownPlace.length : rest.environmentCount,
    versionNumber: isOwn ? (data.toNumber ?? null) : rest.versionNumber,
  }
}

function shared(type: EventType, data: Row['data']) {
  return {
    type,
    packName: data.packName,
    installationName: data.installationName ?? null,
    schedule: scheduleOf(data),
    before: data.before ?? null,
    change: data.change ?? null,
    notes: data.notes,
    atomName: data.atomName ?? null,
    webhookUrl: data.url ?? null,
  }
}

function scheduleOf({ timing, releaseOn, timeZone, windowStartsAt, windowEndsAt }: Row['data']) {
  if (timing !== 'DATED' || !releaseOn || !timeZone || !windowStartsAt || !windowEndsAt) return null
  const instant = (text: string) => Temporal.Instant.from(text).toString()
  return {
    releaseOn,
    timeZone,
    window: { start: instant(windowStartsAt), end: instant(windowEndsAt) },
  }
}

function targetOf(found: Row) {
  const { isPublisher, isPackThere, packId, releaseId, type, data, environmentIds, atomId, webhookId } = found
  if (webhookId) return { kind: 'webhook' as const, webhookId }
  if (isPublisher) {
    if (!isPackThere || !packId || !releaseId) return null
    return { kind: 'release' as const, packId, releaseId }
  }
  const [first] = environmentIds
  const environmentId = type.startsWith('release.') ? first : data.environmentId
  if (atomId) return { kind: 'atom' as const, atomId }
  if (environmentId) return { kind: 'environment' as const, environmentId }
  return isPackThere ? { kind: 'installations' as const } : null
}
