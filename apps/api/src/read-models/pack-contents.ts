import { componentType } from '@packline/contract/components.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import type { PackagedComponent } from '@packline/domain/packaged-components/packaged-component.ts'
import type { PackItem } from '@packline/domain/packs/pack-item.ts'
import type { PackContents } from '@packline/domain/packs/pack-rows.ts'
import { releasePhase } from '@packline/domain/releases/release-status.ts'
import { z } from 'zod'

const component = { componentId: z.uuid(), componentName: z.string(), componentType }

const itemRow = z.object({
  ...component,
  pendingPackageId: z.uuid().nullable(),
  isRemoved: z.boolean(),
  leavesWithReleaseId: z.uuid().nullable(),
})

const packageRow = z.object({
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

/**
 * A pack's rows, the content of its current and its scheduled release, of each component the newest shareable package,
 * and the packages asked for beside these: three statements however large the pack is. Only the pack's own components
 * are looked at, and the caller has made sure that the pack may be read.
 */
export async function loadPackContents(
  db: Database | Tx,
  packId: string,
  packageIds: readonly string[] = [],
): Promise<LoadedContents> {
  const items = await loadItems(db, packId)
  const packages = await loadPackages(db, packId, packageIds)
  const releases = z.array(openRelease).parse(
    await db.$queryRaw`
      select id, status, timing from "Release"
      where "packId" = ${packId}::uuid and status in ('SCHEDULED', 'IN_PROGRESS')`,
  )
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

async function loadItems(db: Database | Tx, packId: string) {
  const rows = await db.$queryRaw`
    select i."componentId", c.name as "componentName", c.type as "componentType", i."pendingPackageId",
      i."removedAt" is not null as "isRemoved", i."leavesWithReleaseId"
    from "PackItem" i join "Component" c on c.id = i."componentId"
    where i."packId" = ${packId}::uuid`
  return z.array(itemRow).parse(rows)
}

async function loadPackages(db: Database | Tx, packId: string, packageIds: readonly string[]) {
  const rows = await db.$queryRaw`
    with pending as (
      select "componentId", "pendingPackageId" as "packageId" from "PackItem" where "packId" = ${packId}::uuid),
    released as (
      select ri."componentId", ri."packageId", r.status, r.id = k."currentReleaseId" as "isCurrent"
      from "IntegrationPack" k
      join "Release" r on r."packId" = k.id and (r.id = k."currentReleaseId" or r.status = 'SCHEDULED')
      join "ReleaseItem" ri on ri."releaseId" = r.id
      where k.id = ${packId}::uuid),
    shown as (
      select "componentId" from pending
      union select "componentId" from released),
    used as (
      select "packageId", 'pending' as use from pending where "packageId" is not null
      union all select "packageId", 'current' from released where "isCurrent"
      union all select "packageId", 'scheduled' from released where status = 'SCHEDULED'
      union all
      select newest.id, 'newest' from shown, lateral (
        select p.id from "PackagedComponent" p
        where p."componentId" = shown."componentId" and p.shareable and p."deletedAt" is null
        order by p.ordinal desc limit 1) newest
      union all
      select p.id, 'asked' from "PackagedComponent" p
      where p.id = any(${[...packageIds]}::uuid[])
        and (p."componentId" in (select "componentId" from pending)
          or exists (
            select from "Release" r
            join "ReleaseItem" ri on ri."releaseId" = r.id and ri."componentId" = p."componentId"
            where r."packId" = ${packId}::uuid)))
    select p.id, p."componentId", c.name as "componentName", c.type as "componentType", p.ordinal, p.version,
      p.shareable, p."deletedAt" is not null as "isDeleted", u.uses
    from (select "packageId", array_agg(use) as uses from used group by "packageId") u
    join "PackagedComponent" p on p.id = u."packageId"
    join "Component" c on c.id = p."componentId"`
  return z.array(packageRow).parse(rows)
}
