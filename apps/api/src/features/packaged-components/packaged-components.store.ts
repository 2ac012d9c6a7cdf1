import type { Tx } from '@packline/database/client.ts'
import type { Component } from '@packline/domain/packaged-components/component-type.ts'
import type { PackagedComponent } from '@packline/domain/packaged-components/packaged-component.ts'
import type { PackageUser, PackageUses } from '@packline/domain/packaged-components/plan-delete-package.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const componentRow = z.object({
  id: z.uuid(),
  accountId: z.string(),
  type: z.enum([
    'process',
    'webservice',
    'processroute',
    'certificate',
    'customlibrary',
    'flowservice',
    'tpgroup',
  ]),
  containsProcessRoute: z.boolean(),
  name: z.string(),
  folder: z.string(),
  /** Of the current content; null before the first upload. */
  revisionId: z.uuid().nullable(),
})
export type PackableComponent = Component & z.infer<typeof componentRow>

/**
 * The account's components among these, for this transaction alone: whoever packages the same ones waits, and then sees
 * the versions made here. They are locked in the order of their ids, so that two bulks never wait for each other.
 */
export async function lockComponents(
  tx: Tx,
  scope: AccountScope,
  componentIds: readonly string[],
): Promise<PackableComponent[]> {
  await tx.$queryRaw`
    select id from "Component" where id = any(${componentIds}::uuid[]) and "accountId" = ${scope}
    order by id for no key update`
  // Read after the lock is there: what was committed while waiting for it counts.
  const rows = await tx.$queryRaw`
    select c.id, c."accountId", c.type, c."containsProcessRoute", c.name, c.folder, r.id as "revisionId"
    from "Component" c
    left join "ComponentRevision" r on r."componentId" = c.id and r.revision = c."currentRevision"
    where c.id = any(${componentIds}::uuid[]) and c."accountId" = ${scope} and c."deletedAt" is null`
  return z.array(componentRow).parse(rows)
}

const packageRow = z.object({
  id: z.uuid(),
  componentId: z.uuid(),
  ordinal: z.number(),
  version: z.string(),
  shareable: z.boolean(),
  isDeleted: z.boolean(),
})

/** All packages of these components, deleted ones included. */
export async function listPackagesOf(tx: Tx, componentIds: readonly string[]): Promise<PackagedComponent[]> {
  const rows = await tx.$queryRaw`
    select id, "componentId", ordinal, version, shareable, "deletedAt" is not null as "isDeleted"
    from "PackagedComponent" where "componentId" = any(${componentIds}::uuid[])`
  return z.array(packageRow).parse(rows)
}

export type PackageInsert = {
  accountId: AccountScope
  componentId: string
  revisionId: string
  ordinal: number
  version: string
  componentName: string
  componentType: Component['type']
  folder: string
  notes: string
  shareable: boolean
  createdByName: string
}

/** Writes the packages and says their ids by component; one whose version somebody else took meanwhile is missing. */
export async function insertPackages(
  tx: Tx,
  packages: readonly PackageInsert[],
  now: Temporal.Instant,
): Promise<Map<string, string>> {
  const createdAt = new Date(now.epochMilliseconds)
  const written = await tx.packagedComponent.createManyAndReturn({
    data: packages.map((one) => ({ ...one, createdAt })),
    skipDuplicates: true,
    select: { id: true, componentId: true },
  })
  return new Map(written.map(({ id, componentId }) => [componentId, id]))
}

const lockedPackage = z.object({
  id: z.uuid(),
  componentId: z.uuid(),
  componentName: z.string(),
  version: z.string(),
  isDeleted: z.boolean(),
})
export type LockedPackage = z.infer<typeof lockedPackage>

/** The package for this transaction alone; whoever is putting it into a pack or release finishes first. */
export async function lockPackage(
  tx: Tx,
  scope: AccountScope,
  packageId: string,
): Promise<LockedPackage | undefined> {
  const rows = await tx.$queryRaw`
    select id, "componentId", "componentName", version, "deletedAt" is not null as "isDeleted"
    from "PackagedComponent" where id = ${packageId}::uuid and "accountId" = ${scope} for update`
  return z.array(lockedPackage).parse(rows)[0]
}

const users = z.array(z.object({ id: z.uuid(), name: z.string() }))

/**
 * What uses the package, of the packs that still exist. A release that went out counts for ever, because the pack can be
 * rolled back to it. Of the environments at most ten are named.
 */
export async function loadPackageUses(tx: Tx, packageId: string): Promise<PackageUses> {
  const inReleases = async (status: 'out' | 'scheduled'): Promise<PackageUser[]> =>
    users.parse(
      await tx.$queryRaw`
        select distinct k.id, k.name from "ReleaseItem" i
        join "Release" r on r.id = i."releaseId"
        join "IntegrationPack" k on k.id = r."packId" and k."deletedAt" is null
        where i."packageId" = ${packageId}::uuid
          and case ${status} when 'scheduled' then r.status = 'SCHEDULED'
            else r."startedAt" is not null or r.id = k."currentReleaseId" end
        order by k.name, k.id`,
    )
  const pendingInPacks = users.parse(
    await tx.$queryRaw`
      select k.id, k.name from "PackItem" i
      join "IntegrationPack" k on k.id = i."packId" and k."deletedAt" is null
      where i."pendingPackageId" = ${packageId}::uuid order by k.name, k.id`,
  )
  const deployedToEnvironments = users.parse(
    await tx.$queryRaw`
      select distinct e.id, e.name || ' of ' || account.name as name from (
        (select a."environmentId" from "ReleaseItem" i
        join "Release" r on r.id = i."releaseId"
        join "Attachment" a on a."packId" = r."packId" and a."releaseId" = r.id and a."detachedAt" is null
        where i."packageId" = ${packageId}::uuid order by a.id limit 10)
        union
        (select "environmentId" from "Deployment"
        where "packageId" = ${packageId}::uuid and "endedAt" is null order by id limit 10)) a
      join "Environment" e on e.id = a."environmentId"
      join "Account" account on account.id = e."accountId" order by name, e.id`,
  )
  return {
    releasedInPacks: await inReleases('out'),
    inScheduledReleases: await inReleases('scheduled'),
    pendingInPacks,
    deployedToEnvironments,
  }
}

export async function markPackageDeleted(
  tx: Tx,
  packageId: string,
  { now, deletedByName }: { now: Temporal.Instant; deletedByName: string },
) {
  const deletedAt = new Date(now.epochMilliseconds)
  await tx.packagedComponent.update({ where: { id: packageId }, data: { deletedAt, deletedByName } })
}

export async function markPackageRestored(tx: Tx, packageId: string) {
  await tx.packagedComponent.update({
    where: { id: packageId },
    data: { deletedAt: null, deletedByName: null },
  })
}
