import { expect, test } from 'vitest'
import { createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseScene, releaseBody } from '../../test/release-scene.ts'
import { releaseNext } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { requestCatchUp } from '../installations/sharing-catch-ups.store.ts'
import { businessNow } from '../../platform/clock.ts'
import { resumeNextShared } from './resume-shared.ts'

const test1 = await createTestApp()
const { db, deps } = test1

async function sceneOf(type: 'SINGLE' | 'MULTI' = 'SINGLE') {
  const scene = await createReleaseScene(test1, { type })
  const consumer = await createConsumer(test1, scene)
  const unshare = () => db.accountGroupPack.deleteMany({ where: { packId: scene.pack.id } })
  const share = () =>
    db.$transaction(async (tx) => {
      await tx.accountGroupPack.create({ data: { groupId: consumer.group.id, packId: scene.pack.id } })
      await requestCatchUp(tx, [scene.pack.id], await businessNow(tx))
    })
  const installationOf = (id: string) => db.installation.findUniqueOrThrow({ where: { id } })
  const attachmentsOf = (installationId: string) =>
    db.attachment.findMany({ where: { installationId, detachedAt: null }, orderBy: { attachedAt: 'asc' } })
  return { scene, consumer, share, unshare, installationOf, attachmentsOf }
}

async function resumeAll(limit?: number) {
  let steps = 0
  while (await resumeNextShared(deps, undefined, limit)) steps += 1
  return steps
}

test('D-4 what fell behind two releases gets the current one, as one update, with everything the engine writes', async () => {
  const { scene, consumer, share, unshare, installationOf, attachmentsOf } = await sceneOf('MULTI')
  const place = await createPlace(test1, consumer.accountId)
  const { id } = await install(consumer, scene.pack.id, [place.id])
  const bare = await install(consumer, scene.pack.id, [], 'Not attached')
  await unshare()
  await releaseNext(scene)
  const current = await releaseNext(scene, [2, 1])
  expect(await attachmentsOf(id)).toMatchObject([{ releaseId: scene.first.id, versionNumber: 1 }])

  await share()
  expect(await resumeAll()).toBe(1)
  const [attachment] = await attachmentsOf(id)
  expect(attachment).toMatchObject({ releaseId: current, versionNumber: 2, updatedHow: 'IMMEDIATE' })
  for (const one of [id, bare.id]) {
    expect(await installationOf(one)).toMatchObject({ deliveredCount: 2, lastDeliveredReleaseId: current })
  }
  expect(await db.releaseTarget.findMany({ where: { attachmentId: attachment?.id ?? '' } })).toMatchObject([
    { releaseId: current, fromReleaseId: scene.first.id, fromNumber: 1, toNumber: 2, how: 'IMMEDIATE' },
  ])
  const nodes = place.atoms.flatMap((atom) => atom.nodes.map((node) => node.id))
  expect(await db.delivery.findMany({ where: { nodeId: { in: nodes }, state: 'WAITING' } })).toMatchObject([
    { releaseId: current },
  ])
  expect(
    await db.auditEntry.findMany({
      where: { objectId: attachment?.id ?? '', action: 'as.ipack UPDATE IMMEDIATE' },
    }),
  ).toMatchObject([{ actorKind: 'SCHEDULER', actorName: 'Shared again', accountId: consumer.accountId }])
  expect(await findViolations(db)).toEqual([])

  // Asked for again, there is nothing left to do.
  await db.$transaction(async (tx) => requestCatchUp(tx, [scene.pack.id], await businessNow(tx)))
  await resumeAll()
  expect(await attachmentsOf(id)).toEqual([attachment])
  expect(await db.sharingCatchUp.count()).toBe(0)
})

test('goes on where the step before ended, and passes over whom nobody shares the pack with', async () => {
  const { scene, consumer, share, unshare, installationOf } = await sceneOf('MULTI')
  const other = await createConsumer(test1, scene)
  const outside = await install(other, scene.pack.id)
  const inside: string[] = []
  for (let number = 0; number < 120; number += 1) {
    inside.push((await install(consumer, scene.pack.id, [], `Number ${number}`)).id)
  }
  await unshare()
  const current = await releaseNext(scene)
  await share()
  // The pack's size sets the least step, 50.
  expect(await resumeAll(50)).toBe(3)
  expect(
    await db.installation.count({
      where: { id: { in: inside }, lastDeliveredReleaseId: current, deliveredCount: 2 },
    }),
  ).toBe(120)
  expect(await installationOf(outside.id)).toMatchObject({ deliveredCount: 1 })
})

test('D-3 what was applied early, and is ahead of the current release, stays', async () => {
  const { scene, consumer, share, unshare, attachmentsOf, installationOf } = await sceneOf()
  const early = await createPlace(test1, consumer.accountId)
  const { id } = await install(consumer, scene.pack.id, [early.id])
  const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [1, 1], '2027-03-01'),
  })
  const scheduled = answer.json<{ id: string }>().id
  await consumer.call('POST', `/environments/${early.id}/updates`, { body: {} })
  const before = await attachmentsOf(id)
  expect(before).toMatchObject([{ releaseId: scheduled, versionNumber: 2 }])
  await unshare()
  await share()
  await resumeAll()
  expect(await attachmentsOf(id)).toEqual(before)
  expect(await installationOf(id)).toMatchObject({ deliveredCount: 2, lastDeliveredReleaseId: scheduled })
})

test('a pack in other hands is passed over, and found again', async () => {
  const { scene, consumer, share, unshare, installationOf } = await sceneOf()
  const { id } = await install(consumer, scene.pack.id)
  await unshare()
  const current = await releaseNext(scene)
  await share()
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select from "IntegrationPack" where id = ${scene.pack.id}::uuid for update`
    expect(await resumeNextShared(deps)).toBe(false)
  })
  expect(await resumeNextShared(deps)).toBe(true)
  expect(await installationOf(id)).toMatchObject({ lastDeliveredReleaseId: current })
})

test('one pack that cannot is put off, and no other waits for it', async () => {
  const broken = await sceneOf()
  const { id: brokenId } = await install(broken.consumer, broken.scene.pack.id, [
    (await createPlace(test1, broken.consumer.accountId)).id,
  ])
  const sound = await sceneOf()
  const { id } = await install(sound.consumer, sound.scene.pack.id)
  await broken.unshare()
  await sound.unshare()
  const release = await releaseNext(broken.scene)
  const current = await releaseNext(sound.scene)
  await broken.share()
  await sound.share()
  // A record that is there already stops everything: exactly once.
  const [attachment] = await broken.attachmentsOf(brokenId)
  const record = {
    releaseId: release,
    attachmentId: attachment?.id ?? '',
    accountId: broken.consumer.accountId,
    fromReleaseId: broken.scene.first.id,
    fromNumber: 1,
    toNumber: 2,
    how: 'IMMEDIATE' as const,
    appliedAt: new Date(),
  }
  await db.releaseTarget.create({ data: record })
  await resumeAll()
  expect(await sound.installationOf(id)).toMatchObject({ lastDeliveredReleaseId: current })
  expect(await db.sharingCatchUp.findMany()).toMatchObject([
    { packId: broken.scene.pack.id, attempts: 1, lastError: expect.stringContaining('23505') },
  ])
  expect(await broken.installationOf(brokenId)).toMatchObject({ deliveredCount: 1 })
  await db.releaseTarget.deleteMany({ where: { attachmentId: record.attachmentId } })
  await db.sharingCatchUp.updateMany({ data: { nextTryAt: new Date(0) } })
  await resumeAll()
  expect(await broken.attachmentsOf(brokenId)).toMatchObject([{ releaseId: release, versionNumber: 2 }])
})

test('a release that goes out while a pack catches up comes first, and nothing is counted twice', async () => {
  const { scene, consumer, share, unshare, installationOf } = await sceneOf()
  const { id } = await install(consumer, scene.pack.id)
  await unshare()
  await releaseNext(scene)
  await share()
  const { step } = await db.$transaction(async (tx) => {
    await tx.$queryRaw`select from "Installation" where id = ${id}::uuid for update`
    const waiting = resumeNextShared(deps)
    await untilSomeoneWaitsForALock(db)
    return { step: waiting }
  })
  expect(await step).toBe(true)
  const last = await releaseNext(scene, [2, 1])
  await resumeAll()
  expect(await installationOf(id)).toMatchObject({ deliveredCount: 3, lastDeliveredReleaseId: last })
  expect(await findViolations(db)).toEqual([])
})
