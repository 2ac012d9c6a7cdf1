import { rolloutState, type RolloutState, type RolloutTotals } from '@packline/contract/rollout.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import { releasesInUse } from './rollout-sources.views.ts'
import type { RolledOutRelease } from './rollout.views.ts'

/** What is in use ends with nothing: a row with the setting is there whatever else is. */
const inUse = z.array(z.object({ id: z.uuid().nullable() }))
const counted = z.object({ state: rolloutState, count: z.number() })
const facts = z.tuple([z.object({ counts: z.array(counted), appliedEarly: z.number(), countedAt: z.date() })])

/**
 * How many rows of a release's rollout are in each state: the same rows as those of the list. Deliveries are counted as
 * they lie in the index, one a node; what differs from that is few and counted apart: Atoms with several nodes, which
 * are one row, and suspended accounts.
 */
export const countRollout = (db: Database, release: RolledOutRelease): Promise<RolloutTotals> =>
  db.$transaction(async (tx) => {
    const others = inUse.parse(
      await tx.$queryRaw`
        with recursive ${releasesInUse(release)}
        select id, set_config('plan_cache_mode', 'force_custom_plan', true) from in_use
        where id is distinct from ${release.releaseId}::uuid`,
    )
    return countBeside(
      tx,
      release,
      others.flatMap(({ id }) => id ?? []),
    )
  })

/** The other releases by name, so that the database knows whether they run in few places or in most when it plans. */
async function countBeside(
  tx: Tx,
  { releaseId, packId, isAwaited }: RolledOutRelease,
  otherIds: readonly string[],
): Promise<RolloutTotals> {
  const [{ counts, appliedEarly, countedAt }] = facts.parse(
    await tx.$queryRaw`
      with rank (state, rank, name) as (
        values ('FAILED'::"DeliveryState", 1, 'failed'), ('DOWNLOADING', 2, 'downloading'), ('WAITING', 3, 'waiting'),
          ('ACTIVE', 4, 'active')),
      several as materialized (
        select d."attachmentId", d."atomId", min(r.rank) as rank, array_agg(r.rank) as nodes
        from "Atom" t
        join "Delivery" d on d."atomId" = t.id and d."releaseId" = ${releaseId}::uuid
        join rank r on r.state = d.state
        where t."nodeCount" > 1
        group by d."attachmentId", d."atomId"),
      held as materialized (
        select min(r.rank) as rank
        from "Account" s
        join "Delivery" d on d."accountId" = s.id and d."releaseId" = ${releaseId}::uuid
        join rank r on r.state = d.state
        where s.status in ('suspended', 'deleted')
        group by d."attachmentId", d."atomId"
        having min(r.rank) < 4),
      elsewhere as materialized (
        select a.id from (
          select id from "Attachment" where "packId" = ${packId}::uuid and "releaseId" = any(${[...otherIds]}::uuid[]) and "detachedAt" is null
          union all
          select id from "Attachment" where "packId" = ${packId}::uuid and "detachedAt" is not null) a
        join "ReleaseTarget" t on t."releaseId" = ${releaseId}::uuid and t."attachmentId" = a.id),
      parts (state, count) as (
        select r.name, d.count from rank r join (
          select state, count(*) from "Delivery" where "releaseId" = ${releaseId}::uuid group by state) d using (state)
        union all select r.name, -count(*) from several, unnest(nodes) node(rank) join rank r using (rank) group by r.name
        union all select r.name, count(*) from several join rank r using (rank) group by r.name
        union all select r.name, -count(*) from held join rank r using (rank) group by r.name
        union all select 'suspended', count(*) from held
        union all
        select 'no-atom', count(*) from "Environment" e
        join "Attachment" a on a."environmentId" = e.id and a."releaseId" = ${releaseId}::uuid and a."detachedAt" is null
        where e."atomCount" = 0 and e."deletedAt" is null
        union all
        select 'not-heard-from', count(*) from (
          select "environmentId" from "Atom" where "nodeCount" = 0 and "environmentId" is not null
          union all
          select c."environmentId" from "CloudAccount" c join "Atom" t on t.id = c."atomId"
          where t."nodeCount" = 0 and c."environmentId" is not null) e
        join "Attachment" a on a."environmentId" = e."environmentId"
          and a."releaseId" = ${releaseId}::uuid and a."detachedAt" is null
        union all
        select 'superseded', (select count(*) from elsewhere) - (
          select count(distinct d."attachmentId") from elsewhere
          join "Delivery" d on d."attachmentId" = elsewhere.id and d."releaseId" = ${releaseId}::uuid and d.state = 'ACTIVE')
        union all
        select 'awaiting-release', count(*) from "Attachment" a
        where ${isAwaited} and a."packId" = ${packId}::uuid and a."releaseId" = any(${[...otherIds]}::uuid[]) and a."detachedAt" is null
          and a."accountId" in (
            select ga."accountId" from "AccountGroupPack" gp
            join "AccountGroupAccount" ga on ga."groupId" = gp."groupId" where gp."packId" = ${packId}::uuid)
          and not exists (
            select from "ReleaseTarget" t where t."releaseId" = ${releaseId}::uuid and t."attachmentId" = a.id))
      select (select jsonb_agg(summed) from (
          select state, sum(count)::int as count from parts group by state) summed) as counts,
        (select count(*)::int from "ReleaseTarget" where "releaseId" = ${releaseId}::uuid and how = 'MANUAL')
          as "appliedEarly",
        app_now() as "countedAt"`,
  )
  const byState = new Map(counts.map(({ state, count }) => [state, count]))
  return {
    byState: Object.fromEntries(
      rolloutState.options.map((state): [RolloutState, number] => [state, byState.get(state) ?? 0]),
      // Built from every option, which the type of fromEntries cannot say.
    ) as Record<RolloutState, number>,
    total: counts.reduce((sum, { count }) => sum + count, 0),
    appliedEarly,
    countedAt: countedAt.toISOString(),
  }
}
