import type { Database } from '@packline/database/client.ts'
import type { ComponentType } from '@packline/domain/packaged-components/component-type.ts'
import type { ReleaseStatus, ReleaseTiming } from '@packline/domain/releases/release-status.ts'
import type { AccountScope } from '../platform/actor.ts'
import type { TestApp } from './test-app.ts'

type Version = { version: string; shareable?: boolean; isDeleted?: boolean }

/** A component with one package for each version, in that order; text alone means active and shareable. */
export async function createPackaged(
  { db }: TestApp,
  accountId: string,
  {
    name = 'Orders to ERP',
    type = 'process',
    versions = ['1.0'],
    containsProcessRoute = false,
  }: {
    name?: string
    type?: ComponentType
    versions?: readonly (string | Version)[]
    containsProcessRoute?: boolean
  } = {},
) {
  const content = await db.content.create({
    data: {
      sha256: '0',
      size: 1,
      mediaType: 'text/plain',
      chunks: { create: { position: 0, bytes: Buffer.from('0') } },
    },
  })
  const component = await db.component.create({ data: { accountId, name, type, containsProcessRoute } })
  const revision = await db.componentRevision.create({
    data: { componentId: component.id, revision: 1, contentId: content.id },
  })
  const packages = await db.packagedComponent.createManyAndReturn({
    data: versions
      .map((one) => (typeof one === 'string' ? { version: one } : one))
      .map(({ version, shareable = true, isDeleted = false }: Version, index) => ({
        accountId,
        componentId: component.id,
        revisionId: revision.id,
        ordinal: index + 1,
        version,
        componentName: name,
        componentType: type,
        shareable,
        deletedAt: isDeleted ? new Date('2026-01-01T00:00:00Z') : null,
      })),
  })
  return { id: component.id, revisionId: revision.id, packages }
}

/** Another version of a component that `createPackaged` made. */
export async function addVersion(
  { db }: TestApp,
  component: Awaited<ReturnType<typeof createPackaged>>,
  version: string,
) {
  const { accountId, componentName, componentType } = await db.packagedComponent.findFirstOrThrow({
    where: { componentId: component.id },
  })
  const ordinal = 1 + (await db.packagedComponent.count({ where: { componentId: component.id } }))
  return db.packagedComponent.create({
    data: {
      accountId,
      componentId: component.id,
      revisionId: component.revisionId,
      ordinal,
      version,
      componentName,
      componentType,
      shareable: true,
    },
  })
}

type Content = readonly { id: string; componentId: string }[]

/** A release as it stands in the database; a successful one is current unless said otherwise. */
export async function createReleaseOf(
  { db }: TestApp,
  packId: string,
  {
    status = 'SUCCESS',
    timing = 'IMMEDIATE',
    content = [],
    isCurrent = status === 'SUCCESS' || status === 'IN_PROGRESS',
    dueAt = new Date('2026-05-01T22:00:00Z'),
  }: {
    status?: ReleaseStatus
    timing?: ReleaseTiming
    content?: Content
    isCurrent?: boolean
    dueAt?: Date
  } = {},
) {
  const isOut = status === 'SUCCESS' || status === 'IN_PROGRESS' || status === 'ERROR'
  const release = await db.release.create({
    data: {
      packId,
      sequence: 1 + (await db.release.count({ where: { packId } })),
      status,
      timing,
      dueAt,
      windowEndsAt: new Date(dueAt.getTime() + 3_600_000),
      ...(timing === 'DATED' && {
        releaseOn: new Date('2026-05-02T00:00:00Z'),
        timeZone: 'Europe/Berlin',
        zoneDataVersion: '2026a',
      }),
      scheduledByName: 'Test Person',
      createdAt: dueAt,
      changedAt: dueAt,
      nextTryAt: dueAt,
      startedAt: isOut ? dueAt : null,
      finishedAt: status === 'SUCCESS' || status === 'ERROR' ? dueAt : null,
      cancelReason: status === 'CANCELLED' ? 'Not ready.' : null,
      items: { create: content.map(({ id, componentId }) => ({ packageId: id, componentId })) },
    },
  })
  if (isCurrent) {
    await db.integrationPack.update({ where: { id: packId }, data: { currentReleaseId: release.id } })
  }
  return release
}

/** A managed account that sees the pack through a group and has it installed and attached. */
export async function installIn(
  { db }: TestApp,
  accountId: string,
  { packId, releaseId, environments = 1 }: { packId: string; releaseId: string; environments?: number },
) {
  const pack = await db.integrationPack.findUniqueOrThrow({ where: { id: packId } })
  const at = new Date('2026-05-03T00:00:00Z')
  await db.account.updateMany({
    where: { id: accountId, primaryAccountId: null },
    data: { primaryAccountId: pack.accountId },
  })
  const group = await db.accountGroup.create({
    data: {
      primaryAccountId: pack.accountId,
      name: `Group of ${accountId} for ${packId}`,
      accounts: { create: { accountId } },
      packs: { create: { packId } },
    },
  })
  const installation = await db.installation.create({
    data: {
      packId,
      packType: pack.type,
      accountId,
      name: pack.name,
      lastDeliveredReleaseId: releaseId,
      installedAt: at,
    },
  })
  for (let number = 1; number <= environments; number += 1) {
    const environment = await db.environment.create({
      data: { accountId, name: `${packId} ${number}`, classification: 'PRODUCTION' },
    })
    await db.attachment.create({
      data: {
        installationId: installation.id,
        packId,
        accountId,
        environmentId: environment.id,
        releaseId,
        versionNumber: 1,
        lastUpdatedAt: at,
        attachedAt: at,
      },
    })
  }
  await deployContents(db, installation.id)
  return { installation, group }
}

/** The deployed packages and process ids that installing and attaching would have written. */
async function deployContents(db: Database, installationId: string) {
  await db.$executeRaw`
    insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", "deployedAt")
    select gen_random_uuid(), a.id, a."accountId", a."environmentId", i."componentId", i."packageId", a."attachedAt"
    from "Attachment" a join "ReleaseItem" i on i."releaseId" = a."releaseId"
    where a."installationId" = ${installationId}::uuid`
  await db.$executeRaw`
    insert into "InstalledProcess" ("installationId", "componentId")
    select n.id, i."componentId" from "Installation" n join "ReleaseItem" i on i."releaseId" = n."lastDeliveredReleaseId"
    where n.id = ${installationId}::uuid and n."packType" = 'MULTI'`
}

/** What the gate would hand out for this account. */
export const scopeOf = (accountId: string) => accountId as AccountScope

/** The same database, counting the statements that go through it. */
export function countStatements(db: Database) {
  const counter = { statements: 0 }
  const counting = db.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        counter.statements += 1
        return query(args)
      },
    },
  })
  // Extending adds the hook above and takes nothing away that a query uses.
  return { db: counting as unknown as Database, counter }
}
