import { webhookEvents } from '@packline/domain/webhooks/webhook-event.ts'
import { expect, test } from 'vitest'
import { recordEvent } from '../../platform/events.ts'
import { setClock } from '../../test/clock.ts'
import { apply, createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createReleaseScene, type ReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { spreadEvents } from '../notices/spread-events.ts'
import { releaseDue } from '../releases/release-due.ts'

const server = await createTestApp()
const { db, deps } = server
const spread = () => spreadEvents(deps, { sendsMail: false })

async function listen(accountId: string, events: readonly string[] = webhookEvents) {
  const admin = await signInAs(server, { accountId, role: 'administrator' })
  const url = 'https://hooks.example/'
  const response = await admin.call('POST', '/webhooks', { body: { url, events } })
  const webhookId = response.json<{ webhook: { id: string } }>().webhook.id
  /** What is to be sent there, oldest first. */
  const told = async () => {
    const rows = await db.webhookDelivery.findMany({ where: { webhookId }, orderBy: { createdAt: 'asc' } })
    return rows.map(
      ({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> },
    )
  }
  return { webhookId, told, types: async () => (await told()).map(({ type }) => type).sort() }
}

async function createInstalled(scene: ReleaseScene) {
  const consumer = await createConsumer(server, scene)
  const place = await createPlace(server, consumer.accountId)
  await install(consumer, scene.pack.id, [place.id])
  return { ...consumer, place, hook: await listen(consumer.accountId) }
}

test('an event that is told once more, as after restoring an older database, has the same id', async () => {
  const scene = await createReleaseScene(server)
  const { webhookId } = await listen(scene.accountId)
  const key = `release.failed:${scene.first.id}:test`
  const tell = async () => {
    const at = Temporal.Instant.from('2028-01-01T00:00:00Z')
    await db.$transaction((tx) =>
      recordEvent(tx, {
        key,
        type: 'release.failed',
        at,
        accountId: scene.accountId,
        releaseId: scene.first.id,
      }),
    )
    await spread()
    return (await db.webhookDelivery.findFirstOrThrow({ where: { webhookId } })).id
  }
  const told = await tell()
  await db.webhookDelivery.deleteMany({ where: { webhookId } })
  await db.event.deleteMany({ where: { key } })
  expect(await tell()).toBe(told)
})

test('a release is told on both sides from its scheduling to the update, each side what it may know', async () => {
  const scene = await createReleaseScene(server)
  const publisher = await listen(scene.accountId)
  const customer = await createInstalled(scene)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await spread()
  await setClock(db, '2027-03-01T12:00:00Z')
  await releaseDue(deps)
  await spread()

  const [scheduled] = await publisher.told()
  expect(scheduled).toMatchObject({
    type: 'release.scheduled',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    data: {
      accountId: scene.accountId,
      packId: scene.pack.id,
      releaseId,
      releaseOn: '2027-03-01',
      sequence: 2,
    },
  })
  expect(await publisher.types()).toEqual(expect.arrayContaining(['release.scheduled', 'release.released']))
  expect(await publisher.types()).not.toContain('update.applied')

  const theirs = await customer.hook.told()
  expect(await customer.hook.types()).toEqual(
    expect.arrayContaining(['release.scheduled', 'release.released', 'update.applied']),
  )
  const [theirScheduled] = theirs
  expect(Object.keys(theirScheduled?.data ?? {}).sort()).toEqual([
    'accountId',
    'notes',
    'packId',
    'packName',
    'releaseId',
    'releaseOn',
    'timeZone',
    'timing',
    'windowEndsAt',
    'windowStartsAt',
  ])
  expect(theirScheduled?.data).toMatchObject({ accountId: customer.accountId, releaseOn: '2027-03-01' })
  expect(theirs.find(({ type }) => type === 'update.applied')?.data).toMatchObject({
    accountId: customer.accountId,
    environmentId: customer.place.id,
    releaseId,
    how: 'AUTOMATIC',
    fromNumber: 1,
    toNumber: 2,
  })
})

test('what only the publisher is to know stays there: causes, reasons, people', async () => {
  const scene = await createReleaseScene(server)
  const publisher = await listen(scene.accountId)
  const customer = await createInstalled(scene)
  const releaseId = await scheduleRelease(scene, '2027-03-08')
  await scene.manager.call('POST', `/releases/${releaseId}/cancellation`, {
    body: { reason: 'Not ready, sorry.' },
  })
  await db.$transaction(async (tx) =>
    recordEvent(tx, {
      key: `release.failed:${releaseId}:test`,
      type: 'release.failed',
      at: Temporal.Instant.from('2028-01-01T00:00:00Z'),
      accountId: scene.accountId,
      packId: scene.pack.id,
      releaseId,
      data: { packName: 'P', cause: 'the disk of db7 is full' },
    }),
  )
  await spread()
  const ours = JSON.stringify(await publisher.told())
  for (const known of ['Not ready, sorry.', 'the disk of db7 is full', 'Test Person'])
    expect(ours).toContain(known)
  expect(await customer.hook.types()).toEqual(['release.cancelled', 'release.failed', 'release.scheduled'])
  const theirs = JSON.stringify(await customer.hook.told())
  for (const secret of ['Not ready', 'db7', scene.manager.userId, scene.accountId, 'Test Person']) {
    expect(theirs).not.toContain(secret)
  }
})

test('an early apply is told where it happened, and nowhere else', async () => {
  const scene = await createReleaseScene(server)
  const publisher = await listen(scene.accountId)
  const customer = await createInstalled(scene)
  const neighbour = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-08')
  await apply(customer, customer.place.id)
  await spread()
  expect(await customer.hook.types()).toEqual(['release.scheduled', 'update.applied'])
  for (const hook of [neighbour.hook, publisher]) expect(await hook.types()).toEqual(['release.scheduled'])
})

test('nobody else is told: not shared, suspended, paused, not asked for, another publisher', async () => {
  const scene = await createReleaseScene(server)
  const unshared = await createInstalled(scene)
  await db.accountGroup.delete({ where: { id: unshared.group.id } })
  const suspended = await createInstalled(scene)
  await db.account.update({ where: { id: suspended.accountId }, data: { status: 'suspended' } })
  const paused = await createInstalled(scene)
  await db.webhook.update({
    where: { id: paused.hook.webhookId },
    data: { paused: 'PERSON', pausedAt: new Date() },
  })
  const others = await listen((await createInstalled(scene)).accountId, ['update.failed'])
  const foreign = await listen(await createAccount(server))
  await scheduleRelease(scene, '2027-03-08')
  await spread()
  for (const hook of [unshared.hook, suspended.hook, paused.hook, others, foreign]) {
    expect(await hook.types()).toEqual([])
  }
})

test('whoever was told that a release comes is told that it does not, also when its pack is deleted', async () => {
  const scene = await createReleaseScene(server)
  const customer = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-08')
  await spread()
  const deleted = await scene.manager.call('DELETE', `/integration-packs/${scene.pack.id}`)
  expect(deleted.statusCode, deleted.body).toBe(204)
  await spread()
  expect(await customer.hook.types()).toEqual(['release.cancelled', 'release.scheduled'])
})

test('an event that is spread again is not sent again', async () => {
  const scene = await createReleaseScene(server)
  const customer = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-08')
  await spread()
  await db.event.updateMany({ data: { spreadAt: null } })
  await spread()
  expect(await customer.hook.types()).toEqual(['release.scheduled'])
})
