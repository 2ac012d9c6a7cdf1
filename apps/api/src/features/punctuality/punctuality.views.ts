import {
  type PunctualityPage,
  type PunctualityRow,
  punctualityRow,
  type PunctualitySummary,
  punctualitySummary,
} from '@packline/contract/punctuality.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const { sql, empty } = Prisma

const instantText = z.date().transform((date) => date.toISOString())
const storedRow = punctualityRow.extend({
  dueAt: instantText,
  windowEndsAt: instantText,
  startedAt: instantText.nullable(),
  finishedAt: instantText.nullable(),
})

/** The account's releases that were due within 90 days of business time, those that were called off left out. */
const due = (scope: AccountScope) => sql`
  due as (
    select r.id as "releaseId", k.id as "packId", k.name as "packName", r.sequence, r.timing, r.status, r."dueAt",
      r."windowEndsAt", r."startedAt", case r.status when 'SUCCESS' then r."finishedAt" end as "finishedAt",
      coalesce(r."releaseOn", (r."dueAt" at time zone 'UTC')::date) as day, r."fanOutCount" as updated,
      case r.status when 'SUCCESS' then greatest(0, extract(epoch from r."finishedAt" - r."dueAt"))::float8 end
        as "tookSeconds",
      case when r.timing = 'DATED' then nullif(greatest(0, extract(epoch from
        case r.status when 'SUCCESS' then r."finishedAt" else app_now() end - r."windowEndsAt")), 0)::float8 end
        as "lateBySeconds"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r."publisherId" = ${scope} and r.status in ('SCHEDULED', 'IN_PROGRESS', 'SUCCESS', 'ERROR')
      and r."dueAt" > app_now() - interval '90 days' and r."dueAt" <= app_now())`

type Place = { after?: string | undefined; before?: string | undefined }

/** A page of them, the latest first. */
export async function listPunctuality(
  db: Database,
  scope: AccountScope,
  { after, before, pageSize }: Place & { pageSize: number },
): Promise<PunctualityPage> {
  const rows = await db.$queryRaw`
    with ${due(scope)}
    select "releaseId", "packId", "packName", sequence, timing, status, "dueAt", "windowEndsAt", "startedAt",
      "finishedAt", "tookSeconds", "lateBySeconds", updated
    from due ${beyond(after ?? before, before === undefined ? sql`<` : sql`>`)}
    order by ${before === undefined ? sql`"dueAt" desc, "releaseId" desc` : sql`"dueAt", "releaseId"`}
    limit ${pageSize + 1}`
  const found: PunctualityRow[] = z.array(storedRow).parse(rows)
  const isMore = found.length > pageSize
  const shown = before === undefined ? found.slice(0, pageSize) : found.slice(0, pageSize).toReversed()
  return {
    rows: shown,
    next: isMore || before !== undefined ? placeOf(shown.at(-1)) : null,
    previous: (before === undefined ? after !== undefined : isMore) ? placeOf(shown[0]) : null,
  }
}

const placeOf = (row: PunctualityRow | undefined) =>
  row ? `${Date.parse(row.dueAt)}.${row.releaseId}` : null

function beyond(place: string | undefined, direction: Prisma.Sql) {
  const [millis, releaseId] = place?.split('.') ?? []
  if (millis === undefined) return empty
  return sql`where ("dueAt", "releaseId") ${direction}
    (to_timestamp(${Number(millis)}::float8 / 1000), ${releaseId}::uuid)`
}

const storedSummary = punctualitySummary.extend({ since: instantText })

/** All of them in numbers, and day by day. */
export async function summarisePunctuality(db: Database, scope: AccountScope): Promise<PunctualitySummary> {
  const rows = await db.$queryRaw`
    with ${due(scope)},
    days as (
      select day::text as date, count(*)::int as finished, count("lateBySeconds")::int as late,
        percentile_cont(0.5) within group (order by "tookSeconds") as "medianSeconds", max("tookSeconds") as "worstSeconds"
      from due where "finishedAt" is not null group by day order by day)
    select app_now() - interval '90 days' as since, count(*)::int as releases, count("finishedAt")::int as finished,
      count("lateBySeconds")::int as late,
      percentile_cont(0.5) within group (order by "tookSeconds") as "medianSeconds",
      (select json_build_object('releaseId', w."releaseId", 'packId', w."packId", 'packName', w."packName",
          'sequence', w.sequence, 'tookSeconds', w."tookSeconds")
        from due w where w."finishedAt" is not null order by w."tookSeconds" desc, w."dueAt" desc limit 1) as worst,
      coalesce((select json_agg(days) from days), '[]') as days
    from due`
  const [summary] = z.array(storedSummary).parse(rows)
  if (!summary) throw new Error('An aggregate always has one row')
  return summary
}
