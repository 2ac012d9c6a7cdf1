import { createHash, randomBytes, randomUUID } from 'node:crypto'

import type { Database } from '@packline/database/client.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest()
const contentSize = 20_000

/** A publisher with a pack of two versions, the first released. */
export async function createPublisher(db: Database) {
  const accountId = `publisher-${randomBytes(4).toString('hex')}`
  await db.account.create({
    data: { id: accountId, name: accountId, features: ['integration-pack-management'] },
  })
  const component = await db.component.create({ data: { accountId, name: 'Orders to ERP', type: 'process' } })
  const packages: string[] = []
  for (const ordinal of [1, 2, 3]) packages.push(await createPackage(db, accountId, component.id, ordinal))
  const pack = await db.integrationPack.create({
    data: {
      accountId,
      name: 'Order to Cash',
      type: 'SINGLE',
      items: { create: { componentId: component.id } },
    },
  })
  const at = new Date()
  const first = await db.release.create({
    data: {
      packId: pack.id,
      sequence: 1,
      status: 'SUCCESS',
      timing: 'IMMEDIATE',
      dueAt: at,
      windowEndsAt: at,
      scheduledByName: 'Measurement',
      createdAt: at,
      changedAt: at,
      startedAt: at,
      finishedAt: at,
      nextTryAt: at,
      items: { create: { componentId: component.id, packageId: packages[0] ?? '' } },
    },
  })
  await db.integrationPack.update({ where: { id: pack.id }, data: { currentReleaseId: first.id } })
  const versions = (ordinal: 1 | 2 | 3) => [
    { componentId: component.id, packageId: packages[ordinal - 1] ?? '' },
  ]
  return { accountId, packId: pack.id, firstReleaseId: first.id, versions }
}

export type Publisher = Awaited<ReturnType<typeof createPublisher>>

async function createPackage(db: Database, accountId: string, componentId: string, ordinal: number) {
  const bytes = randomBytes(contentSize)
  const content = await db.content.create({
    data: {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.byteLength,
      mediaType: 'application/xml',
      chunks: { create: { position: 0, bytes } },
    },
  })
  const revision = await db.componentRevision.create({
    data: { componentId, revision: ordinal, contentId: content.id },
  })
  const created = await db.packagedComponent.create({
    data: {
      accountId,
      componentId,
      revisionId: revision.id,
      ordinal,
      version: `${ordinal}.0`,
      componentName: 'Orders to ERP',
      componentType: 'process',
      shareable: true,
    },
  })
  return created.id
}

/**
 * A managed account that runs the publisher's pack in so many environments, with so many Atoms in each; gives the
 * one-time token of every Atom.
 */
export async function createCustomer(
  db: Database,
  { accountId: publisherId, packId, firstReleaseId }: Publisher,
  { environments, atomsInEach }: { environments: number; atomsInEach: number },
) {
  const accountId = `customer-${randomBytes(4).toString('hex')}`
  await db.account.create({
    data: { id: accountId, name: accountId, primaryAccountId: publisherId, features: [] },
  })
  await db.accountGroup.create({
    data: {
      primaryAccountId: publisherId,
      name: accountId,
      accounts: { create: { accountId } },
      packs: { create: { packId } },
    },
  })
  const at = new Date()
  const installation = await db.installation.create({
    data: {
      packId,
      packType: 'SINGLE',
      accountId,
      name: 'Order to Cash',
      lastDeliveredReleaseId: firstReleaseId,
      installedAt: at,
    },
  })
  const places = Array.from({ length: environments }, (_, index) => ({
    id: randomUUID(),
    name: `Site ${index + 1}`,
  }))
  await db.environment.createMany({
    data: places.map((place) => ({ ...place, accountId, classification: 'PRODUCTION' as const })),
  })
  await db.attachment.createMany({
    data: places.map(({ id: environmentId }) => ({
      installationId: installation.id,
      packId,
      accountId,
      environmentId,
      releaseId: firstReleaseId,
      versionNumber: 1,
      lastUpdatedAt: at,
      attachedAt: at,
    })),
  })
  const atoms = places.flatMap(({ id: environmentId }) =>
    Array.from({ length: atomsInEach }, () => ({
      id: randomUUID(),
      environmentId,
      token: randomBytes(32).toString('base64url'),
    })),
  )
  await db.atom.createMany({
    data: atoms.map(({ id, environmentId }) => ({ id, accountId, environmentId, name: `atom ${id}` })),
  })
  await db.atomInstallToken.createMany({
    data: atoms.map(({ id, token }) => ({
      atomId: id,
      tokenHash: hashOf(token),
      expiresAt: new Date(at.getTime() + 3_600_000),
    })),
  })
  const [first] = places
  if (!first) throw new Error('A customer has at least one environment')
  return { accountId, tokens: atoms.map(({ token }) => token), environmentId: first.id }
}
