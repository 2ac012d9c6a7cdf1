import type { AuditSource } from '@packline/contract/audit-log.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { type AuditAction, auditActionTable } from '@packline/domain/audit/audit-actions.ts'
import type { AuditObjectType } from '@packline/domain/audit/audit-actions.ts'
import type { AuditRange } from '@packline/domain/audit/audit-range.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const { sql, join } = Prisma

export type AuditChoice = {
  actor?: string | undefined
  action?: AuditAction | undefined
  objectType?: AuditObjectType | undefined
  objectId?: string | undefined
  source?: AuditSource | undefined
  range: AuditRange
  search?: string | undefined
}
export type LogPlace = { at: string; id: string }
export type LogSlice = { from: LogPlace | undefined; isBackwards: boolean; limit: number }

/** Entries that one statement looks through: what a filter leaves out is passed over in steps of some 100 ms. */
export const lookedThrough = 20_000

const found = z.tuple([
  z.object({
    ids: z.array(z.uuid()),
    places: z.array(z.string()),
    lookedAt: z.number(),
    last: z.string().nullable(),
  }),
])

export type LogMatches = {
  places: LogPlace[]
  /** Where the statement stopped, when it looked through as much as it may and there may be more beyond. */
  stoppedAt: LogPlace | undefined
}

/**
 * The next entries of the account's log that match, newest first or, backwards, oldest first. Whatever is asked for, a
 * statement looks through a bounded stretch of one index: of the filters with an index the narrowest one chooses the
 * stretch, the others are looked at entry by entry.
 */
export async function findMatches(
  db: Database,
  scope: AccountScope,
  choice: AuditChoice,
  { from, isBackwards, limit }: LogSlice,
): Promise<LogMatches> {
  const { stretch, rest } = filtersOf(choice)
  const direction = isBackwards ? sql`asc` : sql`desc`
  const conditions = [
    sql`e."accountId" = ${scope}`,
    ...stretch,
    ...(choice.range.from ? [sql`e.at >= ${choice.range.from.toString()}::timestamptz`] : []),
    ...(choice.range.until ? [sql`e.at < ${choice.range.until.toString()}::timestamptz`] : []),
    ...(from
      ? [sql`(e.at, e.id) ${isBackwards ? sql`>` : sql`<`} (${from.at}::timestamptz, ${from.id}::uuid)`]
      : []),
  ]
  const searched = await searchedFor(db, scope, choice.search)
  const hits = [...rest, ...(searched ? [searched] : [])]
  const isHit = hits.length > 0 ? join(hits, ' and ') : sql`true`
  const most = hits.length > 0 ? lookedThrough : limit
  const rows = await db.$queryRaw`
    with looked as materialized (
      select e.id, e.at, ${isHit} as "isHit" from "AuditEntry" e where ${join(conditions, ' and ')}
      order by e.at ${direction}, e.id ${direction} limit ${most}),
    hits as (select id, at from looked where "isHit" order by at ${direction}, id ${direction} limit ${limit})
    select coalesce((select array_agg(id order by at ${direction}, id ${direction}) from hits), '{}') as ids,
      coalesce((select array_agg(${placeText} order by at ${direction}, id ${direction}) from hits), '{}') as places,
      (select count(*)::int from looked) as "lookedAt",
      (select ${placeText} from looked order by at ${isBackwards ? sql`desc` : sql`asc`},
        id ${isBackwards ? sql`desc` : sql`asc`} limit 1) as last`
  const [{ places, lookedAt, last }] = found.parse(rows)
  const isCutShort = hits.length > 0 && lookedAt === most && places.length < limit
  return {
    places: places.map(placeOf),
    stoppedAt: isCutShort && last !== null ? placeOf(last) : undefined,
  }
}

const placeText = sql`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '_' || id`

export function placeOf(text: string): LogPlace {
  const [at = '', id = ''] = text.split('_')
  return { at, id }
}
export const textOf = ({ at, id }: LogPlace) => `${at}_${id}`

/** What a midnight writes by the million; the indexes by action and by object leave it out. */
const isNoMidnight = sql`e.action not in ('as.ipack UPDATE AUTOMATIC', 'as.ipack UPDATE IMMEDIATE')`

/** The filter that chooses the stretch of an index, narrowest first, and those that are left to be looked at. */
function filtersOf({ actor, action, objectType, objectId, source }: AuditChoice) {
  const isOfMidnight = action === 'as.ipack UPDATE AUTOMATIC' || action === 'as.ipack UPDATE IMMEDIATE'
  const byIndex = [
    ...(objectId === undefined ? [] : [sql`e."objectId" = ${objectId}`]),
    ...(actor === undefined ? [] : [sql`e."actorId" = ${actor}::uuid`]),
    ...(action === undefined || isOfMidnight ? [] : [sql`e.action = ${action} and ${isNoMidnight}`]),
    ...(objectType === undefined || objectType === 'attachment'
      ? []
      : [sql`e."objectType" = ${objectType} and ${isNoMidnight}`]),
  ]
  const others = [
    ...(isOfMidnight ? [sql`e.action = ${action}`] : []),
    ...(objectType === 'attachment' ? [sql`e."objectType" = ${objectType}`] : []),
    ...(source === undefined ? [] : [sql`e.source = ${source}::"AuditSource"`]),
  ]
  return { stretch: byIndex.slice(0, 1), rest: [...byIndex.slice(1), ...others] }
}

const named = z.tuple([z.object({ ids: z.array(z.string()) })])
const mostNamed = 1_000

/** The condition that an entry has the text in it, in the words of its action or in the name of what it is about. */
async function searchedFor(db: Database, scope: AccountScope, search = '') {
  const text = search.trim()
  if (text === '') return undefined
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const actions = Object.entries(auditActionTable)
    .filter(([, words]) => words.toLowerCase().includes(text.toLowerCase()))
    .map(([action]) => action)
  const [{ ids }] = named.parse(
    await db.$queryRaw`
      with packs as (
        select id from "IntegrationPack" where "accountId" = ${scope} and lower(name) like lower(${pattern}) limit ${mostNamed}),
      installations as (
        select i.id from "Installation" i join "IntegrationPack" k on k.id = i."packId"
        where i."accountId" = ${scope} and (lower(i.name) like lower(${pattern}) or lower(k.name) like lower(${pattern}))
        limit ${mostNamed}),
      environments as (
        select id from "Environment" where "accountId" = ${scope} and lower(name) like lower(${pattern}) limit ${mostNamed})
      select coalesce(array_agg(id::text), '{}') as ids from (
        select id from packs
        union all select r.id from "Release" r where r."packId" in (select id from packs)
        union all select id from installations
        union all select id from environments
        union all select a.id from "Attachment" a where a."installationId" in (select id from installations)
          or (a."environmentId" in (select id from environments))
        union all select d.id from "Deployment" d join "PackagedComponent" p on p.id = d."packageId"
          where d."accountId" = ${scope}
            and (lower(p."componentName") like lower(${pattern}) or d."environmentId" in (select id from environments))
        union all select id from "Atom" where "accountId" = ${scope} and lower(name) like lower(${pattern})
        union all select id from "Component" where "accountId" = ${scope} and lower(name) like lower(${pattern})
        union all select id from "PackagedComponent"
          where "accountId" = ${scope} and lower("componentName") like lower(${pattern})
        limit ${mostNamed}) of_name`,
  )
  return sql`(e.action = any (${actions}) or e."objectId" = any (${ids})
    or lower(concat_ws(' ', e."actorName", e.action, e."objectId", e."requestId", e.before, e.after)) like lower(${pattern}))`
}
