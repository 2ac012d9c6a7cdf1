import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { addVersion, installIn } from '../../test/pack-data.ts'
import { createAccount } from '../../test/people.ts'
import {
  addCustomer,
  attachmentsOf,
  createReleaseScene,
  releaseBody,
  scheduleRelease,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from './release-due.ts'

const app = await createTestApp()
const { db, deps } = app

const statusOf = async (id: string) => (await db.release.findUniqueOrThrow({ where: { id } })).status

describe('the release window', () => {
  test('nothing a moment before midnight, everything at midnight, nothing again afterwards', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene, 2)
    const id = await scheduleRelease(scene)

    await setClock(db, '2027-02-28T22:59:50Z')
    expect(await releaseDue(deps)).toBe(0)
    expect(await statusOf(id)).toBe('SCHEDULED')

    await setClock(db, '2027-02-28T23:00:00Z')
    expect(await releaseDue(deps)).toBe(1)
    const release = await db.release.findUniqueOrThrow({ where: { id } })
    expect(release.status).toBe('SUCCESS')
    expect(release.startedAt?.toISOString()).toMatch(/^2027-02-28T23:00:0/)
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([
      { releaseId: id, versionNumber: 2, updatedHow: 'AUTOMATIC' },
      { releaseId: id, versionNumber: 2, updatedHow: 'AUTOMATIC' },
    ])

    await setClock(db, '2027-02-28T22:00:00Z')
    expect(await releaseDue(deps)).toBe(0)
    await setClock(db, '2027-02-28T23:30:00Z')
    expect(await releaseDue(deps)).toBe(0)
    expect(await db.releaseTarget.count({ where: { releaseId: id } })).toBe(2)
  })

  test.each([
    ['Pacific/Chatham', '2027-02-28T10:15:00Z'],
    ['Asia/Kathmandu', '2027-02-28T18:15:00Z'],
    ['America/New_York', '2027-03-01T05:00:00Z'],
  ])('opens at local midnight in %s', async (timeZone, opens) => {
    const scene = await createReleaseScene(app, { timeZone })
    const id = await scheduleRelease(scene)
    const before = Temporal.Instant.from(opens).subtract({ seconds: 5 }).toString()
    await setClock(db, before)
    await releaseDue(deps)
    expect(await statusOf(id)).toBe('SCHEDULED')
    await setClock(db, opens)
    await releaseDue(deps)
    expect(await statusOf(id)).toBe('SUCCESS')
  })

  test('an hour of downtime over the window: it goes out at once and says how late', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-03-01T00:30:00Z')
    await releaseDue(deps)
    const answer = await scene.manager.call('GET', `/releases/${id}`)
    expect(answer.json()).toMatchObject({ status: 'SUCCESS', lateBySeconds: expect.closeTo(1_800, -1) })
  })

  test('on time is not late', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:10:00Z')
    await releaseDue(deps)
    expect((await scene.manager.call('GET', `/releases/${id}`)).json().lateBySeconds).toBeNull()
  })

  test('the scheduler may lose the privilege, the zone or leave: it still goes out under the stored name (D-15)', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await db.membership.deleteMany({ where: { userId: scene.manager.userId } })
    await db.user.update({ where: { id: scene.manager.userId }, data: { timeZone: 'Pacific/Auckland' } })
    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await db.release.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'SUCCESS',
      scheduledByName: 'Test Person',
    })
  })
})

describe('who is reached', () => {
  test('an early apply keeps its number and is not applied again (R-35, I5)', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene, 2)
    const id = await scheduleRelease(scene)
    const [early] = await attachmentsOf(app, customer.accountId)
    const at = new Date('2027-02-25T10:00:00Z')
    await db.attachment.update({
      where: { id: early?.id ?? '' },
      data: { releaseId: id, versionNumber: 2, updatedHow: 'MANUAL', lastUpdatedAt: at },
    })
    await db.installation.update({
      where: { id: customer.installation.id },
      data: { deliveredCount: 2, lastDeliveredReleaseId: id },
    })
    await db.releaseTarget.create({
      data: {
        releaseId: id,
        attachmentId: early?.id ?? '',
        accountId: customer.accountId,
        fromReleaseId: scene.first.id,
        fromNumber: 1,
        toNumber: 2,
        how: 'MANUAL',
        appliedAt: at,
      },
    })

    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)

    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([
      { releaseId: id, versionNumber: 2, updatedHow: 'MANUAL' },
      { releaseId: id, versionNumber: 2, updatedHow: 'AUTOMATIC' },
    ])
    const targets = await db.releaseTarget.findMany({
      where: { releaseId: id },
      orderBy: { attachmentId: 'asc' },
    })
    expect(targets.map(({ how }) => how)).toEqual(['MANUAL', 'AUTOMATIC'])
  })

  test('detached and un-shared ones are left alone, suspended accounts are reached (D-4, D-20)', async () => {
    const scene = await createReleaseScene(app)
    const detached = await addCustomer(app, scene)
    const unshared = await addCustomer(app, scene)
    const suspended = await addCustomer(app, scene)
    await db.attachment.updateMany({
      where: { accountId: detached.accountId },
      data: { detachedAt: new Date(0) },
    })
    await db.accountGroupAccount.deleteMany({
      where: { accountId: unshared.accountId, group: { isDefault: false } },
    })
    await db.account.update({ where: { id: suspended.accountId }, data: { status: 'suspended' } })
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)

    expect(await statusOf(id)).toBe('SUCCESS')
    const targets = await db.releaseTarget.findMany({ where: { releaseId: id } })
    expect(targets.map(({ accountId }) => accountId)).toEqual([suspended.accountId])
    expect(await attachmentsOf(app, unshared.accountId)).toMatchObject([
      { releaseId: scene.first.id, versionNumber: 1 },
    ])
  })

  test('an installation that is attached nowhere counts the release as well (D-16)', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene, 0)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(
      await db.installation.findUniqueOrThrow({ where: { id: customer.installation.id } }),
    ).toMatchObject({
      deliveredCount: 2,
      lastDeliveredReleaseId: id,
    })
  })

  test('the sixth update is version 7 (R-74)', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    for (const versions of [
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 0],
      [0, 0],
      [1, 1],
    ] as const) {
      const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
        body: releaseBody(scene, versions),
      })
      expect(answer.statusCode, answer.body).toBe(201)
    }
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([{ versionNumber: 7 }])
  })
})

describe('the rows of the pack after a release', () => {
  test('what was added or removed since the confirmation waits for the following release (R-38)', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await addVersion(app, scene.orders, '4.0')
    const removed = await scene.manager.call(
      'DELETE',
      `/integration-packs/${scene.pack.id}/packages/${scene.invoices.id}`,
    )
    expect(removed.statusCode, removed.body).toBe(200)

    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)

    expect(await db.releaseItem.count({ where: { releaseId: id } })).toBe(2)
    const pack = await scene.manager.call('GET', `/integration-packs/${scene.pack.id}`)
    expect(pack.json().rows).toMatchObject([
      { componentName: 'Invoice sync', current: { version: '2.0' }, isRemoved: true },
      {
        componentName: 'Orders to ERP',
        current: { version: '2.0' },
        pending: null,
        latest: { version: '4.0' },
      },
    ])
  })

  test('an installation made during the testing period starts with the current release and gets the other on its date (D-7)', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    const accountId = await createAccount(app)
    await installIn(app, accountId, { packId: scene.pack.id, releaseId: scene.first.id })
    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await attachmentsOf(app, accountId)).toMatchObject([{ releaseId: id, versionNumber: 2 }])
  })
})
