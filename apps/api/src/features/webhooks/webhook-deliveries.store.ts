import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import { notifyWebhookJob } from '../../platform/webhook-signal.ts'

/**
 * Writes what is to be sent about these events, one delivery a webhook that asks for them, in one statement. The
 * publisher's webhooks get the whole event. Those of managed accounts hear of releases of packs that are shared with
 * them, when and what, without the publisher's people, reasons and faults; of their own updates and deliveries
 * everything; and of an automatic update once it is done, which happens too often to be an event of its own. Who was
 * told that a release comes is told that it does not, also when the pack is gone.
 */
export async function insertWebhookDeliveries(tx: Tx, eventIds: readonly string[]) {
  const written = await tx.$executeRaw`
    with told as materialized (select * from "Event" where id = any(${[...eventIds]}::uuid[])),
    listening as (
      select w.id, w."accountId", w.events from "Webhook" w join "Account" a on a.id = w."accountId"
      where w.paused is null and a.status not in ('suspended', 'deleted')),
    own as (
      select w.id as "webhookId", e.key, e.type, e.at, e.data - 'scheduledById' || jsonb_build_object(
        'accountId', e."accountId", 'packId', e."packId", 'releaseId', e."releaseId") as data
      from told e join listening w on w."accountId" = e."accountId" and e.type = any(w.events)),
    shared as (
      select w.id, e.key, e.type, e.at, jsonb_build_object('accountId', w."accountId", 'packId', e."packId",
        'releaseId', e."releaseId", 'packName', e.data -> 'packName', 'timing', e.data -> 'timing',
        'releaseOn', e.data -> 'releaseOn', 'timeZone', e.data -> 'timeZone',
        'windowStartsAt', e.data -> 'windowStartsAt', 'windowEndsAt', e.data -> 'windowEndsAt', 'notes', e.data -> 'notes')
      from told e join listening w on w."accountId" <> e."accountId" and e.type = any(w.events)
      where e.type like 'release.%' and (
        exists (
          select from "AccountGroupPack" gp
          join "AccountGroupAccount" ga on ga."groupId" = gp."groupId" and ga."accountId" = w."accountId"
          join "IntegrationPack" k on k.id = gp."packId" and k."deletedAt" is null and k."currentReleaseId" is not null
          where gp."packId" = e."packId")
        or e.type = 'release.cancelled' and exists (
          select from "Event" earlier
          join "WebhookDelivery" d on d."webhookId" = w.id and d."eventKey" = earlier.key
          where earlier."releaseId" = e."releaseId"))),
    updated as (
      select w.id, 'update.applied:' || t."releaseId" || ':' || a.id as key, 'update.applied', t."appliedAt",
        jsonb_build_object('accountId', w."accountId", 'packId', e."packId", 'releaseId', t."releaseId",
          'packName', e.data -> 'packName', 'installationId', i.id, 'installationName', i.name,
          'environmentId', n.id, 'environmentName', n.name, 'fromNumber', t."fromNumber", 'toNumber', t."toNumber",
          'how', t.how)
      from told e
      join listening w on 'update.applied' = any(w.events)
      join "Attachment" a on a."accountId" = w."accountId" and a."packId" = e."packId"
      join "ReleaseTarget" t on t."releaseId" = e."releaseId" and t."attachmentId" = a.id
        and t.how in ('AUTOMATIC', 'IMMEDIATE')
      join "Installation" i on i.id = a."installationId"
      join "Environment" n on n.id = a."environmentId"
      where e.type in ('release.released', 'release.late')),
    due as (select * from own union all select * from shared union all select * from updated)
    insert into "WebhookDelivery" (id, "webhookId", "eventKey", type, body)
    -- A database that was restored to an earlier instant may tell of an event once more: under the same id.
    select overlay(overlay(md5("webhookId"::text || ' ' || key) placing '8' from 13) placing '8' from 17)::uuid,
      "webhookId", key, type, jsonb_build_object('type', type, 'data', data, 'timestamp',
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text
    from due
    on conflict do nothing`
  if (written > 0) await notifyWebhookJob(tx)
}

/** A delivery of its own that tells of nothing. */
export async function insertTestDelivery(tx: Tx, webhookId: string, body: string): Promise<string> {
  const rows = await tx.$queryRaw`
    insert into "WebhookDelivery" ("webhookId", "eventKey", type, body)
    values (${webhookId}::uuid, 'webhook.test:' || gen_random_uuid(), 'webhook.test', ${body})
    returning id`
  await notifyWebhookJob(tx)
  return z.tuple([z.object({ id: z.uuid() })]).parse(rows)[0].id
}

/** Begins a new run of 24 hours, under the same id; false while the last one is still under way. */
export async function restartDelivery(tx: Tx, webhookId: string, deliveryId: string) {
  const restarted = await tx.$executeRaw`
    update "WebhookDelivery" set state = 'WAITING', "attemptsInRun" = 0, "nextTryAt" = now(),
      "giveUpAt" = now() + interval '24 hours'
    where id = ${deliveryId}::uuid and "webhookId" = ${webhookId}::uuid and "leaseId" is null`
  if (restarted > 0) await notifyWebhookJob(tx)
  return restarted > 0
}

export async function hasDelivery(tx: Tx, webhookId: string, deliveryId: string): Promise<boolean> {
  return (await tx.webhookDelivery.count({ where: { id: deliveryId, webhookId } })) > 0
}

const claimed = z.object({
  id: z.uuid(),
  leaseId: z.uuid(),
  webhookId: z.uuid(),
  url: z.string(),
  secret: z.string(),
  formerSecret: z.string().nullable(),
  body: z.string(),
  attemptsInRun: z.number(),
  /** Real time: receivers refuse signatures that are old by their own clock. */
  claimedAt: z.date(),
})
export type ClaimedDelivery = z.infer<typeof claimed>

/** Longer than an attempt can take: whoever still holds a lease after this is gone. */
const leaseTime = '30 seconds'

/**
 * Takes deliveries that are due for this instance, so that no other sends them meanwhile. Every webhook gets its turn:
 * four at once, one at once while it fails, and first ones before second ones, so that a long queue or a slow address
 * is in nobody else's way.
 */
export async function claimDeliveries(db: Database, limit: number): Promise<ClaimedDelivery[]> {
  const rows = await db.$queryRaw`
    with due as materialized (
      select d.id, d."webhookId" from "Webhook" w cross join lateral (
        select d.id, d."webhookId" from "WebhookDelivery" d
        where d."webhookId" = w.id and d.state = 'WAITING' and d."nextTryAt" <= now()
          and (d."leaseEndsAt" is null or d."leaseEndsAt" <= now())
        order by d."nextTryAt", d.id
        limit greatest(0, case when w."failingSince" is null then 4 else 1 end - (
          select count(*) from "WebhookDelivery" b
          where b."webhookId" = w.id and b.state = 'WAITING' and b."leaseEndsAt" > now()))
        for update skip locked) d
      where w.paused is null),
    chosen as (
      select id from due order by row_number() over (partition by "webhookId"), random() limit ${limit})
    update "WebhookDelivery" d
    set "leaseId" = gen_random_uuid(), "leaseEndsAt" = now() + ${leaseTime}::interval
    from "Webhook" w
    where d.id in (select id from chosen) and w.id = d."webhookId"
    returning d.id, d."leaseId", d."webhookId", w.url, w.secret, d.body, d."attemptsInRun", now() as "claimedAt",
      case when w."formerSecretEndsAt" > now() then w."formerSecret" end as "formerSecret"`
  return z.array(claimed).parse(rows)
}

export type Attempt = {
  id: string
  leaseId: string
  status: number | null
  millis: number
  answer: string
  problem: string | null
}

/** Notes an attempt that arrived; false when the lease had ended, and somebody else has taken over. */
export async function saveDelivered(tx: Tx, attempt: Attempt): Promise<boolean> {
  return (await saveAttempt(tx, attempt, { retrySeconds: null })) > 0
}

/** Notes an attempt that failed: it is tried again, unless its 24 hours are over by then. */
export async function saveFailedAttempt(tx: Tx, attempt: Attempt, retrySeconds: number): Promise<boolean> {
  return (await saveAttempt(tx, attempt, { retrySeconds })) > 0
}

function saveAttempt(
  tx: Tx,
  { id, leaseId, status, millis, answer, problem }: Attempt,
  { retrySeconds }: { retrySeconds: number | null },
) {
  const pause = retrySeconds ?? 0
  return tx.$executeRaw`
    update "WebhookDelivery" set attempts = attempts + 1, "attemptsInRun" = "attemptsInRun" + 1,
      "leaseId" = null, "leaseEndsAt" = null, "lastTriedAt" = now(), "lastMillis" = ${millis}::int,
      "lastStatus" = ${status}::int, "lastAnswer" = ${answer}, "lastProblem" = ${problem},
      "nextTryAt" = now() + make_interval(secs => ${pause}::float8),
      state = case when ${retrySeconds === null} then 'DELIVERED'
        when now() + make_interval(secs => ${pause}::float8) >= "giveUpAt" then 'FAILED'
        else 'WAITING' end::"WebhookDeliveryState"
    where id = ${id}::uuid and "leaseId" = ${leaseId}::uuid`
}

const untilNext = z.tuple([z.object({ millis: z.number().nullable() })])

/** How long until a delivery is due; null when none waits. */
export async function untilNextDelivery(db: Database): Promise<number | null> {
  const rows = await db.$queryRaw`
    select (extract(epoch from min(greatest(d."nextTryAt", coalesce(d."leaseEndsAt", d."nextTryAt"))) - now())
      * 1000)::float8 as millis
    from "WebhookDelivery" d join "Webhook" w on w.id = d."webhookId" and w.paused is null
    where d.state = 'WAITING'`
  return untilNext.parse(rows)[0].millis
}

/** What was delivered or given up a month ago. */
export function deleteOldDeliveries(db: Database): Promise<number> {
  return db.$executeRaw`
    delete from "WebhookDelivery" where state <> 'WAITING' and "createdAt" < app_now() - interval '30 days'
      and coalesce("lastTriedAt", now()) < now() - interval '30 days'`
}
