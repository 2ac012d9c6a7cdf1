import { expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { addCustomer, createReleaseScene, releaseBody, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from './release-due.ts'
import { remindOfReleases } from './remind-of-releases.ts'

const app = await createTestApp()
const { db, deps } = app

async function eventsOf(accountId: string) {
  const rows = await db.event.findMany({
    where: { accountId },
    orderBy: [{ writtenAt: 'asc' }, { type: 'asc' }],
  })
  return rows.map(({ type }) => type)
}
const dataOf = async (releaseId: string, type: string) =>
  (await db.event.findFirstOrThrow({ where: { releaseId, type } })).data

test('a release is told when it is scheduled, moved, given other versions and cancelled, with its facts of then', async () => {
  const scene = await createReleaseScene(app)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  expect(await dataOf(releaseId, 'release.scheduled')).toMatchObject({
    packName: 'Order to Cash',
    sequence: 2,
    releaseOn: '2027-03-01',
    timeZone: 'Europe/Berlin',
    windowStartsAt: '2027-02-28T23:00:00+00:00',
    windowEndsAt: '2027-03-01T00:00:00+00:00',
    scheduledById: scene.manager.userId,
  })
  for (const releaseOn of ['2027-03-05', '2027-03-06']) {
    await scene.manager.call('PATCH', `/releases/${releaseId}`, { body: { releaseOn } })
  }
  const replaced = await scene.manager.call('POST', `/releases/${releaseId}/replacement`, {
    body: releaseBody(scene, [2, 1], '2027-03-06'),
  })
  const newId = replaced.json<{ id: string }>().id
  expect(await dataOf(newId, 'release.changed')).toMatchObject({
    change: 'versions',
    before: { releaseOn: '2027-03-06', timeZone: 'Europe/Berlin' },
  })
  await scene.manager.call('POST', `/releases/${newId}/cancellation`, { body: { reason: 'Not ready.' } })
  expect(await dataOf(newId, 'release.cancelled')).toMatchObject({ reason: 'Not ready.' })
  expect(await eventsOf(scene.accountId)).toEqual([
    'release.scheduled',
    'release.changed',
    'release.changed',
    'release.changed',
    'release.cancelled',
  ])
})

test('one event for a release that goes out, however many installations and transactions it takes', async () => {
  const scene = await createReleaseScene(app)
  for (let customer = 0; customer < 4; customer += 1) await addCustomer(app, scene, 2)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-02-28T23:00:01Z')
  expect(await releaseDue(deps, { releases: 10, installations: 1 })).toBeGreaterThan(3)
  expect(await eventsOf(scene.accountId)).toEqual(['release.scheduled', 'release.released'])
  expect(await dataOf(releaseId, 'release.released')).toMatchObject({ sequence: 2, timing: 'DATED' })
})

test('an immediate release is told as released by the request itself', async () => {
  const scene = await createReleaseScene(app)
  await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [1, 1]),
  })
  expect(await eventsOf(scene.accountId)).toEqual(['release.released'])
})

test('a refused act tells nothing', async () => {
  const scene = await createReleaseScene(app)
  const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [1, 1], '2027-02-20'),
  })
  expect(answer.statusCode).toBe(422)
  expect(await eventsOf(scene.accountId)).toEqual([])
})

test('a release that goes out after its window is told as late once, also when that was noticed before', async () => {
  const scene = await createReleaseScene(app)
  const noticed = await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-03-01T02:00:00Z')
  await remindOfReleases(deps)
  await remindOfReleases(deps)
  expect(await eventsOf(scene.accountId)).toEqual(['release.scheduled', 'release.late'])
  await releaseDue(deps)
  expect(await eventsOf(scene.accountId)).toEqual(['release.scheduled', 'release.late', 'release.released'])
  expect(await dataOf(noticed, 'release.released')).toMatchObject({ lateBySeconds: 7_200 })
})

test('the end of the window is late, the moment before is not', async () => {
  const scene = await createReleaseScene(app)
  await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-02-28T23:59:50Z')
  await remindOfReleases(deps)
  await releaseDue(deps)
  await remindOfReleases(deps)
  expect(await eventsOf(scene.accountId)).toEqual(['release.scheduled', 'release.released'])
})

test('a release that fails for good is told once each time it does', async () => {
  const scene = await createReleaseScene(app)
  const customer = await addCustomer(app, scene)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-02-28T23:00:01Z')
  await db.$executeRawUnsafe(
    `create function stop_release() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;`,
  )
  await db.$executeRawUnsafe(
    `create trigger stop before insert on "ReleaseTarget" for each row when (new."accountId" = '${customer.accountId}') execute function stop_release()`,
  )
  const failForGood = async () => {
    await db.release.update({
      where: { id: releaseId },
      data: { attempts: 7, nextTryAt: new Date('2027-02-28T23:00:00Z') },
    })
    await releaseDue(deps)
  }
  await failForGood()
  expect(await eventsOf(scene.accountId)).toEqual(['release.scheduled', 'release.failed'])
  await scene.manager.call('POST', `/releases/${releaseId}/try-again`)
  await failForGood()
  expect(await eventsOf(scene.accountId)).toEqual(['release.scheduled', 'release.failed', 'release.failed'])
})

test('deleting a pack tells that its scheduled release is withdrawn', async () => {
  const scene = await createReleaseScene(app)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  const answer = await scene.manager.call('DELETE', `/integration-packs/${scene.pack.id}`)
  expect(answer.statusCode).toBeLessThan(300)
  expect(await dataOf(releaseId, 'release.cancelled')).toMatchObject({
    reason: 'The integration pack was deleted.',
  })
})
