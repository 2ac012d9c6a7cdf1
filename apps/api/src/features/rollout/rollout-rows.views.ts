import type { RolloutFilter } from '@packline/contract/rollout.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { belongs, inAccount } from './rollout-belongs.views.ts'
import { hasName } from './rollout-names.views.ts'
import { firstAtom, lastAtom, type RolloutMatch, type RolloutSlice } from './rollout-places.views.ts'
import { rolloutRanges } from './rollout-ranges.views.ts'
import { releasesInUse } from './rollout-sources.views.ts'

const { sql } = Prisma

/**
 * The rows of the attachments that are looked at: one for each Atom of an environment that runs the release, one for
 * an environment without Atom, that awaits the release or that has left it, and one for each Atom that still runs it there.
 * Each row says where the look ended, also when it is the only one and says nothing else; null where nothing is left.
 */
export function lookAtRollout(
  filter: RolloutFilter | undefined,
  slice: RolloutSlice,
  match: RolloutMatch,
  pageSize: number,
) {
  const { releaseId, from, isBackwards } = slice
  const [direction, opposite] = isBackwards ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`]
  const inOrder = sql`order by 1 ${direction}, 2 ${direction}`
  // One is the last page's last row's, whose other Atoms follow, and one says whether there is more.
  const wanted = pageSize + 2
  const delivery = sql`
    count(*)::int as "nodeCount", (count(*) filter (where d.state = 'ACTIVE'))::int as "activeCount",
    case when bool_or(d.state = 'FAILED') then 'failed' when bool_or(d.state = 'DOWNLOADING') then 'downloading'
      when bool_or(d.state = 'WAITING') then 'waiting' when bool_or(d.state = 'ACTIVE') then 'active' end as state,
    (array_agg(d.cause order by d."changedAt" desc) filter (where d.state = 'FAILED'))[1] as cause,
    max(d.attempts) as attempts, sum(d."progressBytes")::float8 as "progressBytes",
    sum(d."totalBytes")::float8 as "totalBytes", max(d."changedAt") as "changedAt"`
  // All of it is in the index on states, whatever the past of the attachment and of the Atom.
  const isOf = sql`d."releaseId" = ${releaseId}::uuid and d."accountId" = r."accountId" and d."attachmentId" = r.id`
  return sql`
    with recursive ${releasesInUse(slice)},
    looked as materialized (${rolloutRanges(filter, slice, match)}),
    ends as (
      select distinct on (part, "rangeId") "accountId", "attachmentId", count(*) over (partition by part, "rangeId") as count
      from looked order by part, "rangeId", "accountId" ${opposite}, "attachmentId" ${opposite}),
    -- As far as all ranges have been looked at, where one of them has more.
    horizon as materialized (
      select "accountId", "attachmentId" from ends where count >= ${slice.atOnce} ${inOrder} limit 1),
    candidates as (
      select distinct "accountId", "attachmentId" from looked
      where "attachmentId" <> ${firstAtom}::uuid and (not exists (select from horizon)
        or ("accountId", "attachmentId") ${isBackwards ? sql`>=` : sql`<=`} (
          select "accountId", "attachmentId" from horizon))
      ${inOrder}),
    concerned as materialized (
      select c."accountId", c."attachmentId" from candidates c
      cross join lateral (select * from "Attachment" x where x.id = c."attachmentId" offset 0) a
      where ${belongs(filter, slice)} and ${match.kind === 'named' ? hasName(slice.packType, match.pattern) : sql`true`}
      ${inOrder} limit ${wanted}),
    stop as materialized (
      select h."accountId",
        -- Of an account of which nothing can belong to the list, the rest need not be looked at.
        case when h.matters then h."attachmentId" else ${isBackwards ? firstAtom : lastAtom}::uuid end as "attachmentId"
      from (
        (select "accountId", "attachmentId", true as matters from concerned
        where (select count(*) from concerned) >= ${wanted}
        order by 1 ${opposite}, 2 ${opposite} limit 1)
        union all
        (select "accountId", "attachmentId", ${inAccount(filter, slice, sql`horizon."accountId"`)} from horizon)) h
      limit 1),
    related as (
      select a.*, t."fromReleaseId", t."fromNumber", t.how, t."appliedAt",
        case when a."releaseId" = ${releaseId}::uuid and a."detachedAt" is null then 'runs'
          when t."releaseId" is not null then 'left' else 'awaits' end as relation
      from concerned c
      cross join lateral (select * from "Attachment" x where x.id = c."attachmentId" offset 0) a
      left join lateral (
        select * from "ReleaseTarget" x where x."releaseId" = ${releaseId}::uuid and x."attachmentId" = a.id offset 0
      ) t on true),
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
      cross join lateral (select * from "Account" c where c.id = r."accountId" offset 0) s
      left join lateral (
        select e."atomId", atom."nodeCount" = 0 as "isSilent", d.*
        -- By the environment: an account may have Atoms by the thousand.
        from (select * from "EnvironmentAtom" v where v."environmentId" = r."environmentId" offset 0) e
        join "Atom" atom on atom.id = e."atomId"
        left join lateral (
          select ${delivery} from "Delivery" d
          where ${isOf} and d."atomId" = e."atomId"
            and d.state in ('FAILED', 'DOWNLOADING', 'WAITING', 'ACTIVE')) d on true
        where r.relation = 'runs' and e."accountId" = r."accountId"
        union all
        select d."atomId", false, ${delivery} from "Delivery" d
        where r.relation = 'left' and ${isOf} and d.state = 'ACTIVE'
        group by d."atomId") x on true),
    page as (
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
    cross join lateral (select * from "Installation" n where n.id = told."installationId" offset 0) i
    join "IntegrationPack" k on k.id = i."packId"
    cross join lateral (select * from "Environment" p where p.id = told."environmentId" offset 0) e
    join "Release" runs on runs.id = told."runsId"
    left join "Release" former on former.id = told."fromReleaseId"
    left join "Atom" atom on atom.id = told."atomId"
    where ${filter === undefined ? sql`true` : filter === 'applied-early' ? sql`told.how = 'applied-early'` : sql`told.state = ${filter}`}
      and (told."accountId", told."attachmentId", told.place) ${isBackwards ? sql`<` : sql`>`}
        (${from.accountId}, ${from.attachmentId}::uuid, ${from.atomId}::uuid)
    order by told."accountId" ${direction}, told."attachmentId" ${direction}, told.place ${direction}
    limit ${pageSize + 1})
    select to_jsonb(stop) as stop, page.* from (select) one left join stop on true left join page on true
    order by page."accountId" ${direction}, page."attachmentId" ${direction},
      coalesce(page."atomId", ${firstAtom}::uuid) ${direction}`
}
