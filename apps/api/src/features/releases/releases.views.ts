import type {
  ReleaseChange,
  ReleaseHistoryEntry,
  ReleaseView,
  TargetView,
} from '@packline/contract/releases.ts'
import { componentType } from '@packline/contract/components.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { releaseChanges } from '@packline/domain/releases/release-changes.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { anyOf } from '../../platform/any-of.ts'
import type { Counting } from '../../read-models/counting.ts'
import { releaseSummaries } from '../../read-models/release-summary.ts'

const contentRow = z.object({
  releaseId: z.uuid(),
  id: z.uuid(),
  componentId: z.uuid(),
  componentName: z.string(),
  componentType,
  version: z.string(),
  ordinal: z.number(),
  shareable: z.boolean(),
  isDeleted: z.boolean(),
})
type ContentRow = z.infer<typeof contentRow>

type Contents = ReadonlyMap<string, ContentRow[]>

/** The content of every release of a pack, by release. The caller has made sure that the pack may be read. */
export const loadReleaseContents = (db: Database | Tx, packId: string): Promise<Contents> =>
  loadContents(db, Prisma.sql`r."packId" = ${packId}::uuid`)

async function loadContents(db: Database | Tx, which: Prisma.Sql): Promise<Contents> {
  const rows = await db.$queryRaw`
    select ri."releaseId", p.id, p."componentId", p."componentName", p."componentType", p.version, p.ordinal,
      p.shareable, p."deletedAt" is not null as "isDeleted"
    from "Release" r join "ReleaseItem" ri on ri."releaseId" = r.id
    join "PackagedComponent" p on p.id = ri."packageId"
    where ${which}
    order by lower(p."componentName"), p."componentId"`
  return Map.groupBy(z.array(contentRow).parse(rows), ({ releaseId }) => releaseId)
}

function changesOf(contents: Contents, release: { id: string; previousReleaseId: string | null }) {
  const before = contents.get(release.previousReleaseId ?? '') ?? []
  return releaseChanges(before, contents.get(release.id) ?? []).changes.map((change): ReleaseChange => {
    const { componentName, componentType: type } = change.to ?? change.from
    const ref = (one: ContentRow | null) => one && { packageId: one.id, version: one.version }
    return {
      componentId: change.componentId,
      componentName,
      componentType: type,
      kind: change.kind,
      from: ref(change.from),
      to: ref(change.to),
    }
  })
}

const lineage = z.object({
  id: z.uuid(),
  previousReleaseId: z.uuid().nullable(),
  isCurrent: z.boolean(),
  isReleasing: z.boolean(),
})

/** Part of a statement: whether a release of the pack "k" is going out. */
const isBeingReleased = Prisma.sql`exists (
  select from "Release" o where o."packId" = k.id
    and (o.status = 'IN_PROGRESS' or (o.status = 'SCHEDULED' and o.timing = 'IMMEDIATE')))`

async function loadLineage(db: Database | Tx, packId: string) {
  const rows = await db.$queryRaw`
    select r.id, r."previousReleaseId", r.id = k."currentReleaseId" is true as "isCurrent", ${isBeingReleased} as "isReleasing"
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    where k.id = ${packId}::uuid`
  return new Map(
    z
      .array(lineage)
      .parse(rows)
      .map((one) => [one.id, one]),
  )
}

/** A release went out and is not the one now current: its versions may be released again. */
const canRollBackTo = (status: string, line: { isCurrent: boolean; isReleasing: boolean } | undefined) =>
  status === 'SUCCESS' && line !== undefined && !line.isCurrent && !line.isReleasing

/** Every release of the pack, newest first, with what it changed; undefined when the pack is not this account's. */
export async function listReleases(
  db: Database,
  scope: AccountScope,
  packId: string,
): Promise<ReleaseHistoryEntry[] | undefined> {
  if (!(await packExists(db, scope, packId))) return undefined
  const summaries = await releaseSummaries(db, { scope, packIds: [packId] })
  const contents = await loadReleaseContents(db, packId)
  const lines = await loadLineage(db, packId)
  return [...summaries.values()].map((summary) => {
    const line = lines.get(summary.id)
    return {
      ...summary,
      changes: changesOf(contents, {
        id: summary.id,
        previousReleaseId: line?.previousReleaseId ?? null,
      }).filter(({ kind }) => kind !== 'unchanged'),
      canRollBackTo: canRollBackTo(summary.status, line),
    }
  })
}

const releaseFacts = z.object({
  packName: z.string(),
  previousSequence: z.number().nullable(),
  accounts: z.number(),
  appliedEarly: z.number(),
  deliveries: z.record(z.string(), z.number()),
})
const factsRow = lineage.extend(releaseFacts.shape)

/** One release with what it changed and how far it has come; undefined when it is not this account's. */
export const findRelease = async (
  db: Database | Tx,
  scope: AccountScope,
  releaseId: string,
): Promise<ReleaseView | undefined> => (await findReleases(db, scope, [releaseId])).get(releaseId)

/** The same for a page, counted as `counting` has it once the release was found as the account's own. */
export async function readRelease(
  db: Database,
  scope: AccountScope,
  releaseId: string,
  counting: Counting,
): Promise<ReleaseView | undefined> {
  const isOwn = await isOwnRelease(db, scope, releaseId)
  return isOwn ? counting(() => findRelease(db, scope, releaseId)) : undefined
}

export const isOwnRelease = async (db: Database, scope: AccountScope, releaseId: string): Promise<boolean> =>
  (await db.release.count({ where: { id: releaseId, pack: { accountId: scope } } })) > 0

/** Those of the releases that are this account's, by their ids: three statements however many they are. */
export async function findReleases(
  db: Database | Tx,
  scope: AccountScope,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, ReleaseView>> {
  const summaries = await releaseSummaries(db, { scope, releaseIds })
  if (summaries.size === 0) return new Map()
  const rows = await db.$queryRaw`
    select r.id, r."previousReleaseId", r.id = k."currentReleaseId" is true as "isCurrent", ${isBeingReleased} as "isReleasing",
      k.name as "packName", previous.sequence as "previousSequence",
      coalesce(reached.accounts, 0) as accounts, coalesce(reached."appliedEarly", 0) as "appliedEarly",
      coalesce((select jsonb_object_agg(state, count) from (
        select d.state, count(*) from "Delivery" d where d."releaseId" = r.id group by d.state) by_state), '{}')
        as deliveries
    from "Release" r join "IntegrationPack" k on k.id = r."packId"
    left join "Release" previous on previous.id = r."previousReleaseId"
    left join (
      select "releaseId", count(*)::int as accounts, sum(early)::int as "appliedEarly" from (
        select t."releaseId", count(*) filter (where t.how = 'MANUAL') as early
        from "ReleaseTarget" t where t."releaseId" = ${anyOf(releaseIds)}
        group by t."releaseId", t."accountId") of_account
      group by "releaseId") reached
      on reached."releaseId" = r.id
    where r.id = ${anyOf(releaseIds)} and k."accountId" = ${scope}`
  const found = z.array(factsRow).parse(rows)
  const compared = found.flatMap(({ id, previousReleaseId }) => [
    id,
    ...(previousReleaseId ? [previousReleaseId] : []),
  ])
  const contents = await loadContents(db, Prisma.sql`r.id = ${anyOf(compared)}`)
  return new Map(
    found.flatMap(({ id, previousReleaseId, isCurrent, isReleasing, ...facts }) => {
      const summary = summaries.get(id)
      if (!summary) return []
      const view = {
        ...summary,
        ...facts,
        changes: changesOf(contents, { id, previousReleaseId }),
        canRollBackTo: canRollBackTo(summary.status, { isCurrent, isReleasing }),
      }
      return [[id, view] as const]
    }),
  )
}

const targetRow = z.object({
  attachmentId: z.uuid(),
  accountId: z.string(),
  accountName: z.string(),
  installationName: z.string(),
  environmentName: z.string(),
  state: z.enum(['updated', 'applied-early', 'waiting']),
  fromNumber: z.number().nullable(),
  toNumber: z.number().nullable(),
  appliedAt: z.date().nullable(),
  total: z.number(),
})

/** Where a release has arrived and where it is still awaited, by account and environment. */
export async function listTargets(
  db: Database,
  scope: AccountScope,
  releaseId: string,
  { search = '', page, pageSize }: { search?: string | undefined; page: number; pageSize: number },
): Promise<PageOf<TargetView>> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = z.array(targetRow).parse(
    await db.$queryRaw`
      with release as (
        select r.id, r."packId", r.status, k."currentReleaseId" from "Release" r
        join "IntegrationPack" k on k.id = r."packId" where r.id = ${releaseId}::uuid and k."accountId" = ${scope}),
      reached as (
        select t."attachmentId", t."fromNumber", t."toNumber", t."appliedAt",
          case t.how when 'MANUAL' then 'applied-early' else 'updated' end as state
        from release join "ReleaseTarget" t on t."releaseId" = release.id
        union all
        select a.id, a."versionNumber", null, null, 'waiting'
        from release join "Attachment" a on a."packId" = release."packId" and a."detachedAt" is null
          and a."releaseId" <> release.id
        where (release.status = 'SCHEDULED'
            or (release.status in ('IN_PROGRESS', 'ERROR') and release."currentReleaseId" = release.id))
          and exists (select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
            where gp."packId" = release."packId" and ga."accountId" = a."accountId")
          and not exists (select from "ReleaseTarget" t where t."releaseId" = release.id and t."attachmentId" = a.id))
      select reached.*, a."accountId", account.name as "accountName", i.name as "installationName",
        e.name as "environmentName", count(*) over ()::int as total
      from reached join "Attachment" a on a.id = reached."attachmentId"
      join "Account" account on account.id = a."accountId"
      join "Installation" i on i.id = a."installationId"
      join "Environment" e on e.id = a."environmentId"
      where account.name ilike ${pattern} or e.name ilike ${pattern} or i.name ilike ${pattern}
      order by lower(account.name), lower(i.name), lower(e.name), reached."attachmentId"
      limit ${pageSize} offset ${(page - 1) * pageSize}`,
  )
  return {
    rows: rows.map(({ total: _total, appliedAt, ...row }) => ({
      ...row,
      appliedAt: appliedAt?.toISOString() ?? null,
    })),
    total: rows[0]?.total ?? 0,
    page,
    pageSize,
  }
}

async function packExists(db: Database, scope: AccountScope, packId: string): Promise<boolean> {
  return (await db.integrationPack.count({ where: { id: packId, accountId: scope, deletedAt: null } })) > 0
}
