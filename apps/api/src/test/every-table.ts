import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@packline/database/client.ts'
import type { World } from './world.ts'

/** Puts a row of this account into each table that its world has left empty; what only they can say. */
export async function fillEveryTable(db: Database, { ownId, canary, ids, admin }: World): Promise<string[]> {
  const [at, hash, contentId] = [new Date('2026-05-04T00:00:00Z'), () => randomBytes(32), randomUUID()]
  const { userId } = admin
  const { packId, componentId, packageId, attachmentId, installationId, environmentId, atomId, nodeId } = ids
  const release = await db.release.findFirstOrThrow({ where: { packId } })
  const revision = await db.componentRevision.findFirstOrThrow({ where: { componentId } })
  const [entry] = await db.auditEntry.findMany({ where: { accountId: ownId }, take: 1 })

  await db.accountVisit.create({ data: { userId, accountId: ownId } })
  await db.atomInstallToken.create({ data: { atomId, tokenHash: hash(), expiresAt: at } })
  await db.auditSeal.create({
    data: { accountId: ownId, sequence: 1, entryCount: 1, previousHash: hash(), hash: hash(), sealedAt: at },
  })
  await db.auditSealEntry.create({
    data: { entryId: entry?.id ?? '', accountId: ownId, sequence: 1, position: 1, hash: hash() },
  })
  await db.accountGroupPack.create({ data: { groupId: ids.groupId, packId } })
  await db.cloudAccount.createMany({ data: { atomId, accountId: ownId }, skipDuplicates: true })
  await db.installedProcess.create({ data: { installationId, componentId } })
  await db.installationName.createMany({
    data: { installationId, packId, accountId: ownId, name: canary },
    skipDuplicates: true,
  })
  await db.releaseTarget.create({
    data: {
      releaseId: release.id,
      attachmentId,
      accountId: ownId,
      fromReleaseId: release.id,
      fromNumber: 1,
      toNumber: 2,
      how: 'AUTOMATIC',
      appliedAt: at,
    },
  })
  await db.delivery.createMany({
    data: { attachmentId, nodeId, releaseId: release.id, atomId, accountId: ownId, changedAt: at },
    skipDuplicates: true,
  })
  await db.deployedPackage.create({
    data: { attachmentId, accountId: ownId, environmentId, componentId, packageId, deployedAt: at },
  })
  const deployment = await db.deployment.create({
    data: { accountId: ownId, environmentId, componentId, packageId, version: 1, deployedAt: at },
  })
  await db.deploymentDelivery.create({
    data: { deploymentId: deployment.id, nodeId, state: 'WAITING', changedAt: at },
  })
  await db.environmentRole.create({ data: { environmentId, roleId: ids.roleId } })
  await db.sharingCatchUp.create({ data: { packId, nextTryAt: at, requestedAt: at } })
  await db.idempotencyRecord.create({
    data: { userId, accountId: ownId, key: canary, requestHash: hash(), status: 200 },
  })
  await db.platformQueryToken.create({
    data: { tokenHash: hash(), accountId: ownId, userId, object: 'Account', after: canary, expiresAt: at },
  })
  await db.passwordReset.create({ data: { userId, tokenHash: hash(), expiresAt: at } })
  await db.twoStepSignIn.create({ data: { userId, key: canary } })
  await db.recoveryCode.create({ data: { userId, codeHash: hash() } })
  await db.signInTicket.create({ data: { userId, tokenHash: hash(), expiresAt: at } })
  await db.noticeMailOff.create({ data: { userId, kind: canary } })
  await db.mail.create({
    data: { key: canary, toAddress: canary, subject: canary, text: canary, giveUpAt: at },
  })
  await db.singleSignOn.create({
    data: {
      tokenHash: hash(),
      state: canary,
      nonce: canary,
      codeVerifier: canary,
      returnTo: '/',
      expiresAt: at,
    },
  })
  await db.vouchedPerson.create({
    data: { tokenHash: hash(), email: canary, firstName: canary, lastName: canary, expiresAt: at },
  })
  await db.content.create({
    data: { id: contentId, sha256: canary, size: 1, mediaType: 'text/plain', uploaderId: ownId },
  })
  await db.contentChunk.create({ data: { contentId, position: 0, bytes: Buffer.from(canary) } })
  const keyHash = Buffer.from(canary)
  await db.signInAttempt.create({ data: { keyHash, count: 1 } })
  return [contentId, revision.id, userId, keyHash.toString('hex')]
}
