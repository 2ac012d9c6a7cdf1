import { componentType } from '@packline/contract/components.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import type { PackagedComponent } from '@packline/domain/packaged-components/packaged-component.ts'
import type { PackItem } from '@packline/domain/packs/pack-item.ts'
import type { PackContents } from '@packline/domain/packs/pack-rows.ts'
import { releasePhase } from '@packline/domain/releases/release-status.ts'
import { z } from 'zod'

const component = { componentId: z.uuid(), componentName: z.string(), componentType }

const itemRow = z.object({
  packId: z.uuid(),
  ...component,
  pendingPackageId: z.uuid().nullable(),
  isRemoved: z.boolean(),
  leavesWithReleaseId: z.uuid().nullable(),
})

const packageRow = z.object({
  packId: z.uuid(),
  ...component,
  id: z.uuid(),
  ordinal: z.number(),
  version: z.string(),
  shareable: z.boolean(),
  isDeleted: z.boolean(),
  uses: z.array(z.enum(['pending', 'current', 'scheduled', 'newest', 'asked'])),
})

const openRelease = z.object({
  id: z.uuid(),
  packId: z.uuid(),
  status: z.enum(['SCHEDULED', 'IN_PROGRESS']),
  timing: z.enum(['IMMEDIATE', 'DATED']),
})

type Named = { componentName: string; componentType: z.infer<typeof componentType> }
export type NamedPackage = PackagedComponent & Named

/** What a pack consists of, as the decisions and the screens about it need it; all with their component's name. */
export type LoadedContents = PackContents<NamedPackage> & {
  items: readonly (PackItem & Named)[]
  /** A release of the pack is going out. */
  isReleasing: boolean
}

/** What one pack consists of; the caller has made sure that it may be read. */
export async function loadPackContents(db: Database | Tx, packId: string): Promise<LoadedContents> {
  const [contents] = await loadContentsOfPacks(db, [packId])
  if (!contents) throw new Error('Every pack has contents')
  return contents
}

/** A package that somebody wants in a pack, whether it may be there or not. */
export type AskedPackage = { packId: string; packageId: string }

/**
 * Each pack's rows, the content of its current and its scheduled release, of each component the newest shareable package,
 * and the packages asked for beside these, in the order of the ids: three statements however many packs there are and
 * however large they are. Only the packs' own components are looked at, and the caller has made sure that the packs may be read.
 */
export async function loadContentsOfPacks(
  db: Database | Tx,
  packIds: readonly string[],
  asked: readonly AskedPackage[] = [],
): Promise<LoadedContents[]> {
  const items = Map.groupBy(await loadItems(db, packIds), ({ packId }) => packId)
  const packages = Map.groupBy(await loadPackages(db, packIds, asked), ({ packId }) => packId)
  const releases = Map.groupBy(await loadOpenReleases(db, packIds), ({ packId }) => packId)
  return packIds.map((packId) =>
    contentsOf({
      items: items.get(packId) ?? [],
      packages: packages.get(packId) ?? [],
      releases: releases.get(packId) ?? [],
    }),
  )
}

type Loaded = {
  items: LoadedContents['items']
  packages: readonly z.infer<typeof packageRow>[]
  releases: readonly z.infer<typeof openRelease>[]
}

function contentsOf({ items, packages, releases }: Loaded): LoadedContents {
  const scheduled = releases.find(({ status }) => status === 'SCHEDULED')
  const usedAs = (use: 'current' | 'scheduled') => packages.filter(({ uses }) => uses.includes(use))
  return {
    items,
    packages,
    current: usedAs('current'),
    scheduled: scheduled ? { releaseId: scheduled.id, content: usedAs('scheduled') } : null,
    isReleasing: releases.some((release) => releasePhase(release) === 'going-out'),
  }
}

async function loadItems(db: Database | Tx, packIds: readonly string[]) {
  const rows = await db.$queryRaw`
    select i."packId", i."componentId", c.name as "componentName", c.type as "componentType", i."pendingPackageId",
      i."removedAt" is not null as "isRemoved", i."leavesWithReleaseId"
    from "PackItem" i join "Component" c on c.id = i."componentId"
    where i."packId" = any(${[...packIds]}::uuid[])`
  return z.array(itemRow).parse(rows)
}

async function loadOpenReleases(db: Database | Tx, packIds: readonly string[]) {
  const rows = await db.$queryRaw`
    select id, "packId", status, timing from "Release"
    where "packId" = any(${[...packIds]}::uuid[]) and status in ('SCHEDULED', 'IN_PROGRESS')`
  return z.array(openRelease).parse(rows)
}

async function loadPackages(db: Database | Tx, packIds: readonly string[], asked: readonly AskedPackage[]) {
  const ids = [...packIds]
  const rows = await db.$queryRaw`
    with pending as (
      select "packId", "componentId", "pendingPackageId" as "packageId" from "PackItem"
      where "packId" = any(${ids}::uuid[])),
    released as (
      select r."packId", ri."componentId", ri."packageId", r.status, r.id = k."currentReleaseId" as "isCurrent"
      from "IntegrationPack" k
      join "Release" r on r."packId" = k.id and (r.id = k."currentReleaseId" or r.status = 'SCHEDULED')
      join "ReleaseItem" ri on ri."releaseId" = r.id
      where k.id = any(${ids}::uuid[])),
    shown as (
      select "packId", "componentId" from pending
      union select "packId", "componentId" from released),
    used as (
      select "packId", "packageId", 'pending' as use from pending where "packageId" is not null
      union all select "packId", "packageId", 'current' from released where "isCurrent"
      union all select "packId", "packageId", 'scheduled' from released where status = 'SCHEDULED'
      union all
      select shown."packId", newest.id, 'newest' from shown, lateral (
        select p.id from "PackagedComponent" p
        where p."componentId" = shown."componentId" and p.shareable and p."deletedAt" is null
        order by p.ordinal desc limit 1) newest
      union all
      select a."packId", p.id, 'asked'
      from unnest(${asked.map(({ packId }) => packId)}::uuid[], ${asked.map(({ packageId }) => packageId)}::uuid[])
        a("packId", "packageId")
      join "PackagedComponent" p on p.id = a."packageId"
      where exists (
          select from pending where pending."packId" = a."packId" and pending."componentId" = p."componentId")
        or exists (
          select from "Release" r
          join "ReleaseItem" ri on ri."releaseId" = r.id and ri."componentId" = p."componentId"
          where r."packId" = a."packId"))
    select u."packId", p.id, p."componentId", c.name as "componentName", c.type as "componentType", p.ordinal, p.version,
      p.shareable, p."deletedAt" is not null as "isDeleted", u.uses
    from (select "packId", "packageId", array_agg(use) as uses from used group by "packId", "packageId") u
    join "PackagedComponent" p on p.id = u."packageId"
    join "Component" c on c.id = p."componentId"`
  return z.array(packageRow).parse(rows)
}
