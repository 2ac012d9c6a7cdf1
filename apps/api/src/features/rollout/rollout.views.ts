import {
  rolloutRow,
  type RolloutFilter,
  type RolloutPage,
  type RolloutRow,
} from '@packline/contract/rollout.ts'
import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { findNamed, type Pace, usualPace } from './rollout-names.views.ts'
import { searchRollout } from './rollout-search.views.ts'
import { firstAtom, type RolloutPlace, type RolloutSlice, rolloutSource } from './rollout-sources.views.ts'

const { sql, empty } = Prisma
type Sql = ReturnType<typeof sql>

const rolledOut = z.object({
  releaseId: z.uuid(),
  packId: z.uuid(),
  packName: z.string(),
  packType: z.enum(['SINGLE', 'MULTI']),
  sequence: z.number(),
  isAwaited: z.boolean(),
})
export type RolledOutRelease = z.infer<typeof rolledOut>

/** A release whose rollout can be read; undefined when it is not this account's. */
export async function findRolledOut(
  db: Database,
  scope: AccountScope,
  releaseId: string,
): Promise<RolledOutRelease | undefined> {
  const rows = await db.$queryRaw`
    select r.id as "releaseId", k.id as "packId", k.name as "packName", k.type as "packType", r.sequence,
      r.status = 'SCHEDULED' or (r.status in ('IN_PROGRESS', 'ERROR') and k."currentReleaseId" = r.id) as "isAwaited"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where r.id = ${releaseId}::uuid and k."accountId" = ${scope}`
  return z.array(rolledOut).parse(rows)[0]
}

export type RolloutChoice = {
  state?: RolloutFilter | undefined
  account?: string | undefined
  search?: string | undefined
  after?: string | undefined
  before?: string | undefined
  pageSize: number
}

const storedRow = z.object({
  ...rolloutRow.shape,
  changedAt: z
    .date()
    .transform((date) => date.toISOString())
    .nullable(),
})

/**
 * A page of a release's rollout, account by account. The caller has made sure that the release may be read. A search for
 * what very many are called gives what it finds within its pace, and the place where to go on.
 */
export async function listRollout(
  db: Database,
  release: RolledOutRelease,
  { state, account, search = '', after, before, pageSize }: RolloutChoice,
  pace: Pace = usualPace,
): Promise<RolloutPage> {
  const match = await searchRollout(db, release, search)
  const cursor = before ?? after
  const slice: RolloutSlice = {
    ...release,
    account,
    from: cursor === undefined ? undefined : placeOf(cursor),
    isBackwards: before !== undefined,
    // One is the page's last row's, whose other Atoms follow, and one says whether there is more.
    limit: pageSize + 2,
  }
  const found = match.kind === 'named' ? await findNamed(db, state, slice, { ...match, pace }) : undefined
  const source =
    match.kind === 'named' ? theseOnly(found?.attachmentIds ?? []) : rolloutSource(state, slice, match)
  const rows = z.array(storedRow).parse(await db.$queryRaw(rowsOf(state, source, slice, pageSize + 1)))
  const isMore = rows.length > pageSize
  const page = rows.slice(0, pageSize)
  if (slice.isBackwards) page.reverse()
  const [first, last] = [page[0], page.at(-1)].map(placeOfRow)
  const end = found?.end ?? null
  return slice.isBackwards
    ? { rows: page, next: cursorOf(last), previous: cursorOf(isMore ? first : end) }
    : {
        rows: page,
        next: cursorOf(isMore ? last : end),
        previous: after === undefined ? null : cursorOf(first),
      }
}

const theseOnly = (attachmentIds: readonly string[]) => sql`
  (select a."accountId", a.id as "attachmentId" from "Attachment" a where a.id = any(${[...attachmentIds]}::uuid[]))`

const placeOfRow = (row: RolloutRow | undefined): RolloutPlace | null =>
  row ? { ...row, atomId: row.atomId ?? firstAtom } : null

const cursorOf = (place: RolloutPlace | null | undefined) =>
  place ? [place.accountId, place.attachmentId, place.atomId].join('.') : null

function placeOf(cursor: string): RolloutPlace {
  const [accountId = '', attachmentId = '', atomId = ''] = cursor.split('.')
  return { accountId, attachmentId, atomId }
}

/**
 * The rows of the attachments that the source gives: one for each Atom of an environment that runs the release, one for
 * an environment without Atom, that awaits the release or that has left it, and one for each Atom that still runs it there.
 */
function rowsOf(state: RolloutFilter | undefined, source: Sql, slice: RolloutSlice, limit: number) {
  const { releaseId, from, isBackwards } = slice
  const direction = isBackwards ? sql`desc` : sql`asc`
  const delivery = sql`
    count(*)::int as "nodeCount", (count(*) filter (where d.state = 'ACTIVE'))::int as "activeCount",
    case when bool_or(d.state = 'FAILED') then 'failed' when bool_or(d.state = 'DOWNLOADING') then 'downloading'
      when bool_or(d.state = 'WAITING') then 'waiting' when bool_or(d.state = 'ACTIVE') then 'active' end as state,
    (array_agg(d.cause order by d."changedAt" desc) filter (where d.state = 'FAILED'))[1] as cause,
    max(d.attempts) as attempts, sum(d."progressBytes")::float8 as "progressBytes",
    sum(d."totalBytes")::float8 as "totalBytes", max(d."changedAt") as "changedAt"`
  return sql`
    with concerned as materialized (
      select c."accountId", c."attachmentId" from ${source} c
      order by 1 ${direction}, 2 ${direction} limit ${slice.limit}),
    related as (
      select a.*, t."fromReleaseId", t."fromNumber", t.how, t."appliedAt",
        case when a."releaseId" = ${releaseId}::uuid and a."detachedAt" is null then 'runs'
          when t."releaseId" is not null then 'left' else 'awaits' end as relation
      from concerned c
      join "Attachment" a on a.id = c."attachmentId"
      left join "ReleaseTarget" t on t."releaseId" = ${releaseId}::uuid and t."attachmentId" = a.id),
    told as (
      select r.id as "attachmentId", r."accountId", s.name as "accountName", r."installationId", r."environmentId",
        coalesce(x."atomId", ${firstAtom}::uuid) as place, x."atomId",
        case r.relation when 'awaits' then 'awaiting-release' when 'left' then coalesce(x.state, 'superseded')
          else case when x."atomId" is null then 'no-atom' when x.state is null and x."isSilent" then 'not-heard-from'
            when x.state is distinct from 'active' and s.status in ('suspended', 'deleted') then 'suspended'
            else coalesce(x.state, 'waiting') end
          end as state,
        x.cause, coalesce(x.attempts, 0) as attempts, coalesce(x."nodeCount", 0) as "nodeCount",
        coalesce(x."activeCount", 0) as "activeCount", coalesce(x."progressBytes", 0) as "progressBytes",
        coalesce(x."totalBytes", 0) as "totalBytes",
        case when r.how = 'MANUAL' then 'applied-early' when r.how is not null then 'released'
          when r.relation = 'runs' then 'attached' end as how,
        r."fromReleaseId", r."fromNumber", r."releaseId" as "runsId", r."versionNumber", r."detachedAt",
        case r.relation when 'runs' then coalesce(x."changedAt", r."appliedAt", r."lastUpdatedAt")
          when 'left' then coalesce(r."detachedAt", r."lastUpdatedAt") end as "changedAt"
      from related r
      join "Account" s on s.id = r."accountId"
      left join lateral (
        select e."atomId", atom."nodeCount" = 0 as "isSilent", d.* from "EnvironmentAtom" e
        join "Atom" atom on atom.id = e."atomId"
        left join lateral (
          select ${delivery} from "Delivery" d
          where d."attachmentId" = r.id and d."releaseId" = ${releaseId}::uuid and d."atomId" = e."atomId"
            and d.state <> 'SUPERSEDED') d on true
        where r.relation = 'runs' and e."environmentId" = r."environmentId" and e."accountId" = r."accountId"
        union all
        select d."atomId", false, ${delivery} from "Delivery" d
        where r.relation = 'left' and d."attachmentId" = r.id and d."releaseId" = ${releaseId}::uuid
          and d.state = 'ACTIVE'
        group by d."atomId") x on true)
    select told."attachmentId", told."accountId", told."accountName",
      case i."packType" when 'SINGLE' then k.name else i.name end as "installationName", told."environmentId",
      e.name as "environmentName", told."atomId", atom.name as "atomName", atom.type as "atomType", told.state, told.cause,
      told.attempts, told."nodeCount", told."activeCount", told."progressBytes", told."totalBytes", told.how,
      case when former.id is not null
        then jsonb_build_object('sequence', former.sequence, 'number', told."fromNumber") end as before,
      case when told."detachedAt" is null
        then jsonb_build_object('sequence', runs.sequence, 'number', told."versionNumber") end as now,
      told."changedAt"
    from told
    join "Installation" i on i.id = told."installationId"
    join "IntegrationPack" k on k.id = i."packId"
    join "Environment" e on e.id = told."environmentId"
    join "Release" runs on runs.id = told."runsId"
    left join "Release" former on former.id = told."fromReleaseId"
    left join "Atom" atom on atom.id = told."atomId"
    where ${state === undefined ? sql`true` : state === 'applied-early' ? sql`told.how = 'applied-early'` : sql`told.state = ${state}`}
      ${
        from === undefined
          ? empty
          : sql`and (told."accountId", told."attachmentId", told.place) ${isBackwards ? sql`<` : sql`>`}
              (${from.accountId}, ${from.attachmentId}::uuid, ${from.atomId}::uuid)`
      }
    order by told."accountId" ${direction}, told."attachmentId" ${direction}, told.place ${direction}
    limit ${limit}`
}
