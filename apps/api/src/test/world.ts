import { randomBytes } from 'node:crypto'
import { allPrivileges } from '@packline/domain/access/privileges.ts'
import { hashToken, newToken } from '../platform/session-token.ts'
import { createPlace } from './consumer-scene.ts'
import { createPackaged, createReleaseOf, installIn } from './pack-data.ts'
import { createAccount, signInAs } from './people.ts'
import type { TestApp } from './test-app.ts'

/** Ids of one thing of every kind that an account can have. A route with an id of another kind needs one here. */
export type World = Awaited<ReturnType<typeof createWorld>>
export type IdKind = keyof World['ids']

/** Fills an account with one of everything, and names it so that nobody else's text can have it. */
export async function createWorld(test: TestApp, ownId: string) {
  const { db } = test
  const canary = `zq${randomBytes(5).toString('hex')}`
  const email = `${canary}@example.test`
  const admin = await signInAs(test, { accountId: ownId, privileges: allPrivileges })
  const member = await signInAs(test, { accountId: ownId, role: 'support' })
  await db.user.update({ where: { id: member.userId }, data: { lastName: canary, email } })
  const managedId = await createAccount(test, { primaryAccountId: ownId })
  await db.account.update({ where: { id: managedId }, data: { name: `Account ${canary}` } })
  const packs = await createPacks(test, ownId, canary)
  const running = await createRunning(test, ownId, { ...packs, canary })
  const people = await createPeopleThings(test, ownId, { userId: member.userId, canary })
  const told = await createToldThings(test, ownId, { userId: admin.userId, packId: packs.packId, canary })
  const ways = await createWaysIn(test, ownId, { userId: admin.userId, canary })
  return {
    ownId,
    canary,
    admin,
    email,
    ids: {
      accountId: managedId,
      userId: member.userId,
      ...packs,
      ...running,
      ...people,
      ...told,
      ...ways,
    },
  }
}

async function createPacks(test: TestApp, accountId: string, canary: string) {
  const component = await createPackaged(test, accountId, {
    name: `Component ${canary}`,
    versions: ['1.0', '2.0'],
  })
  await test.db.component.update({ where: { id: component.id }, data: { currentRevision: 1 } })
  const [first, second] = component.packages
  const pack = await test.db.integrationPack.create({
    data: {
      accountId,
      name: `Pack ${canary}`,
      type: 'SINGLE',
      items: { create: { componentId: component.id, pendingPackageId: second?.id ?? null } },
    },
  })
  const current = await createReleaseOf(test, pack.id, { content: first ? [first] : [] })
  const scheduled = await createReleaseOf(test, pack.id, {
    status: 'SCHEDULED',
    timing: 'DATED',
    content: second ? [second] : [],
    dueAt: new Date('2027-05-01T22:00:00Z'),
  })
  return {
    componentId: component.id,
    packageId: first?.id ?? '',
    otherPackageId: second?.id ?? '',
    packId: pack.id,
    releaseId: scheduled.id,
    currentReleaseId: current.id,
  }
}

type Running = { packId: string; currentReleaseId: string; canary: string }

/** A primary account gets a pack of somebody else's that it may still attach; others have one without being shared it. */
async function createRunning(
  test: TestApp,
  accountId: string,
  { packId, currentReleaseId, canary }: Running,
) {
  const { db } = test
  const place = await createPlace(test, accountId, { name: `Place ${canary}`, type: 'CLOUD' })
  const [atom] = place.atoms
  const { primaryAccountId } = await db.account.findUniqueOrThrow({ where: { id: accountId } })
  if (primaryAccountId === null) await installFromVendor(test, accountId)
  else await installOwn(test, accountId, { packId, releaseId: currentReleaseId, environmentId: place.id })
  const attachment = await db.attachment.findFirstOrThrow({ where: { accountId } })
  return {
    environmentId: place.id,
    atomId: atom?.id ?? '',
    nodeId: atom?.nodes[0]?.id ?? '',
    installationId: attachment.installationId,
    attachmentId: attachment.id,
    /** Its own, or one that is shared with it. */
    installedPackId: attachment.packId,
  }
}

async function installFromVendor(test: TestApp, accountId: string) {
  const vendorId = await createAccount(test)
  const component = await createPackaged(test, vendorId)
  const pack = await test.db.integrationPack.create({
    data: { accountId: vendorId, name: `Pack for ${accountId}`, type: 'SINGLE' },
  })
  const release = await createReleaseOf(test, pack.id, { content: component.packages })
  await installIn(test, accountId, { packId: pack.id, releaseId: release.id })
}

type Place = { packId: string; releaseId: string; environmentId: string }

async function installOwn({ db }: TestApp, accountId: string, { packId, releaseId, environmentId }: Place) {
  const at = new Date('2026-05-03T00:00:00Z')
  const installation = await db.installation.create({
    data: {
      packId,
      packType: 'SINGLE',
      accountId,
      name: `Installation ${accountId}`,
      lastDeliveredReleaseId: releaseId,
      installedAt: at,
    },
  })
  await db.attachment.create({
    data: {
      installationId: installation.id,
      packId,
      accountId,
      environmentId,
      releaseId,
      versionNumber: 1,
      lastUpdatedAt: at,
      attachedAt: at,
    },
  })
}

type Owner = { userId: string; canary: string }

async function createPeopleThings({ db }: TestApp, accountId: string, { userId, canary }: Owner) {
  const role = await db.role.create({ data: { accountId, name: `Role ${canary}`, privileges: ['execute'] } })
  const group = await db.accountGroup.create({
    data: {
      primaryAccountId: accountId,
      name: `Group ${canary}`,
      users: { create: { userId, roleId: role.id } },
      roles: { create: { roleId: role.id } },
    },
  })
  const invitation = await db.invitation.create({
    data: {
      accountId,
      email: `invited-${canary}@example.test`,
      roleIds: [role.id],
      tokenHash: Uint8Array.from(hashToken(newToken())),
      expiresAt: new Date('2100-01-01T00:00:00Z'),
    },
  })
  await db.membership.create({ data: { userId, accountId, roleId: role.id } })
  return { roleId: role.id, groupId: group.id, invitationId: invitation.id }
}

async function createWaysIn({ db }: TestApp, accountId: string, { userId, canary }: Owner) {
  const session = await db.session.create({
    data: {
      tokenHash: Uint8Array.from(hashToken(newToken())),
      userId,
      accountId,
      userAgent: canary,
      expiresAt: new Date('2100-01-01T00:00:00Z'),
    },
  })
  await db.$executeRaw`
    insert into "ApiToken" ("userId", "accountId", name, "tokenHash")
    values (${userId}::uuid, ${accountId}, ${`Token ${canary}`}, ${hashToken(newToken())})`
  const token = await db.apiToken.findFirstOrThrow({ where: { userId } })
  return { sessionId: session.id, tokenId: token.id }
}

async function createToldThings(
  { db }: TestApp,
  accountId: string,
  { userId, packId, canary }: Owner & { packId: string },
) {
  const webhook = await db.webhook.create({
    data: { accountId, url: `https://${canary}.example.test/`, events: ['release.released'], secret: canary },
  })
  const delivery = await db.webhookDelivery.create({
    data: { webhookId: webhook.id, eventKey: canary, type: 'release.released', body: '{}' },
  })
  const event = await db.event.create({
    data: {
      key: canary,
      type: 'release.released',
      at: new Date('2026-05-03T00:00:00Z'),
      accountId,
      packId,
      actorName: canary,
      spreadAt: new Date('2026-05-03T00:00:00Z'),
    },
  })
  const notice = await db.notice.create({ data: { eventId: event.id, accountId, userId, at: event.at } })
  const entry = await db.auditEntry.create({
    data: {
      accountId,
      at: event.at,
      actorKind: 'USER',
      actorName: canary,
      source: 'UI',
      action: 'as.ipack ADD',
      objectType: 'integration-pack',
      objectId: packId,
    },
  })
  return { webhookId: webhook.id, deliveryId: delivery.id, noticeId: notice.id, entryId: entry.id }
}
