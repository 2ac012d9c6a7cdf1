import type { Database, Tx } from '@packline/database/client.ts'
import type { ComponentType } from '@packline/domain/packaged-components/component-type.ts'
import type { PackageUser } from '@packline/domain/packaged-components/plan-delete-package.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const lockedComponent = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.enum([
    'process',
    'webservice',
    'processroute',
    'certificate',
    'customlibrary',
    'flowservice',
    'tpgroup',
  ]),
  folder: z.string(),
  containsProcessRoute: z.boolean(),
  currentRevision: z.number(),
  isDeleted: z.boolean(),
})
export type LockedComponent = z.infer<typeof lockedComponent>

/** The component of this account, deleted or not, for this transaction alone. */
export async function lockComponent(
  tx: Tx,
  scope: AccountScope,
  componentId: string,
): Promise<LockedComponent | undefined> {
  const rows = await tx.$queryRaw`
    select id, name, type, folder, "containsProcessRoute", "currentRevision", "deletedAt" is not null as "isDeleted"
    from "Component" where id = ${componentId}::uuid and "accountId" = ${scope} for update`
  return z.array(lockedComponent).parse(rows)[0]
}

/** Whether there is such a component to upload to; nothing is locked while bytes arrive. */
export async function hasComponent(db: Database, scope: AccountScope, componentId: string): Promise<boolean> {
  const found = await db.component.count({ where: { id: componentId, accountId: scope, deletedAt: null } })
  return found > 0
}

export type NewComponent = {
  accountId: AccountScope
  name: string
  type: ComponentType
  folder: string
  containsProcessRoute: boolean
  createdByName: string
}

export async function insertComponent(
  tx: Tx,
  component: NewComponent,
  now: Temporal.Instant,
): Promise<string> {
  const at = new Date(now.epochMilliseconds)
  const { id } = await tx.component.create({ data: { ...component, createdAt: at, changedAt: at } })
  return id
}

export type ComponentEdit = { name: string; folder: string; containsProcessRoute: boolean }

export async function updateComponent(
  tx: Tx,
  componentId: string,
  edit: ComponentEdit,
  now: Temporal.Instant,
) {
  const changedAt = new Date(now.epochMilliseconds)
  await tx.component.update({ where: { id: componentId }, data: { ...edit, changedAt } })
}

export async function markComponentDeleted(tx: Tx, componentId: string, now: Temporal.Instant) {
  await tx.component.update({
    where: { id: componentId },
    data: { deletedAt: new Date(now.epochMilliseconds) },
  })
}

export type Revision = {
  id: string
  revision: number
  sha256: string
  size: number
  mediaType: string
  createdAt: Temporal.Instant
  createdByName: string
}

const revisionRow = z.object({
  id: z.uuid(),
  revision: z.number(),
  sha256: z.string(),
  size: z.number(),
  mediaType: z.string(),
  createdAt: z.date().transform((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())),
  createdByName: z.string(),
})

export async function findRevision(
  tx: Tx,
  componentId: string,
  revision: number,
): Promise<Revision | undefined> {
  const rows = await tx.$queryRaw`
    select r.id, r.revision, c.sha256, c.size, c."mediaType", r."createdAt", r."createdByName"
    from "ComponentRevision" r join "Content" c on c.id = r."contentId"
    where r."componentId" = ${componentId}::uuid and r.revision = ${revision}`
  return z.array(revisionRow).parse(rows)[0]
}

export type NewRevision = { componentId: string; revision: number; contentId: string; createdByName: string }

/** Adds the revision and makes it the component's current one. */
export async function insertRevision(tx: Tx, added: NewRevision, now: Temporal.Instant): Promise<string> {
  const at = new Date(now.epochMilliseconds)
  const { id } = await tx.componentRevision.create({ data: { ...added, createdAt: at } })
  await tx.component.update({
    where: { id: added.componentId },
    data: { currentRevision: added.revision, changedAt: at },
  })
  return id
}

const packUsers = z.array(z.object({ id: z.uuid(), name: z.string() }))

/** The packs this component is in: as a row, removed or not, or in a release that is current, scheduled or going out. */
export async function listPacksWithComponent(tx: Tx, componentId: string): Promise<PackageUser[]> {
  return packUsers.parse(
    await tx.$queryRaw`
      select k.id, k.name from "IntegrationPack" k
      where k."deletedAt" is null and (
        exists (select from "PackItem" i where i."packId" = k.id and i."componentId" = ${componentId}::uuid)
        or exists (
          select from "Release" r join "ReleaseItem" i on i."releaseId" = r.id
          where r."packId" = k.id and i."componentId" = ${componentId}::uuid
            and (r.id = k."currentReleaseId" or r.status in ('SCHEDULED', 'IN_PROGRESS'))))
        and k."accountId" = (select "accountId" from "Component" where id = ${componentId}::uuid)
      order by lower(k.name), k.id`,
  )
}
