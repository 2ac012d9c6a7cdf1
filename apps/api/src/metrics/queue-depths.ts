import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

/** Counting ends here, so that a backlog of a million costs no more to look at than one of this size. */
export const countedAtMost = 10_000

const depths = z.tuple([
  z.object({
    dueReleases: z.number(),
    oldestDueSeconds: z.number(),
    releasesInProgress: z.number(),
    failedReleases: z.number(),
    catchUps: z.number(),
    events: z.number(),
    mails: z.number(),
    webhooks: z.number(),
    unsealed: z.number(),
    heldTransactions: z.number(),
  }),
])
export type QueueDepths = z.infer<typeof depths>[0]

/** How much waits, each by the partial index its job claims by. */
export async function countQueues(db: Database): Promise<QueueDepths> {
  const rows = await db.$queryRaw`
    with due as materialized (
      select "dueAt", "nextTryAt" from "Release"
      -- A failed attempt is never put off for longer; for the index.
      where status in ('SCHEDULED', 'IN_PROGRESS') and "nextTryAt" <= app_now() + interval '10 minutes'
        and "dueAt" <= app_now()
      order by "nextTryAt", id limit ${countedAtMost})
    select
      (select count(*) from due)::int as "dueReleases",
      (select coalesce(greatest(extract(epoch from app_now() - min("dueAt")), 0), 0) from due)::float8
        as "oldestDueSeconds",
      (select count(*) from (select from "Release" where status = 'IN_PROGRESS' limit ${countedAtMost}) r)::int
        as "releasesInProgress",
      (select count(*) from (select from "Release" where status = 'ERROR' limit ${countedAtMost}) r)::int
        as "failedReleases",
      (select count(*) from (select from "SharingCatchUp" limit ${countedAtMost}) c)::int as "catchUps",
      (select count(*) from (select from "Event" where "spreadAt" is null limit ${countedAtMost}) e)::int as events,
      (select count(*) from (
        select from "Mail" where "sentAt" is null and "failedAt" is null limit ${countedAtMost}) m)::int as mails,
      (select count(*) from (
        select from "WebhookDelivery" where state = 'WAITING' limit ${countedAtMost}) d)::int as webhooks,
      (select count(*) from (select from "AuditUnsealed" limit ${countedAtMost}) u)::int as unsealed,
      -- Everybody may see these two columns, also of sessions that are none of Packline's.
      (select coalesce(max(greatest(age(backend_xmin), age(backend_xid))), 0) from pg_stat_activity
        where datname = current_database())::int as "heldTransactions"`
  return depths.parse(rows)[0]
}

const deliveryState = z.enum(['WAITING', 'DOWNLOADING', 'ACTIVE', 'FAILED', 'SUPERSEDED'])
const stateCounts = z.array(z.object({ state: deliveryState, count: z.number() }))

/**
 * Deliveries to Atoms by state: exact while the table is small, else an estimate from a sample of its pages, however
 * many millions of rows it has.
 */
export async function estimateDeliveries(db: Database, sampledPages = 500) {
  const rows = await db.$queryRaw`
    with share as (
      select least(1, ${sampledPages} * current_setting('block_size')::float8
        / greatest(pg_relation_size('"Delivery"'), 1)) as part)
    select state, round(count(*) / (select part from share))::int as count
    from "Delivery" tablesample system ((select 100 * part from share))
    group by state`
  const counted = new Map(stateCounts.parse(rows).map(({ state, count }) => [state, count]))
  return deliveryState.options.map((state) => ({ state, count: counted.get(state) ?? 0 }))
}
