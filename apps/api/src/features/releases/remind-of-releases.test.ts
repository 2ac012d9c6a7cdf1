import { expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { createReleaseScene, type ReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { remindOfReleases } from './remind-of-releases.ts'

const app = await createTestApp()
const { db, deps } = app

const reminders = ({ accountId }: ReleaseScene) =>
  db.event.count({ where: { accountId, type: 'release.reminder' } })
async function lookAt(now: string) {
  await setClock(db, now)
  await remindOfReleases(deps)
}

test('a day before the window begins, not a moment earlier, and once', async () => {
  const scene = await createReleaseScene(app)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await lookAt('2027-02-27T22:59:00Z')
  expect(await reminders(scene)).toBe(0)
  await lookAt('2027-02-27T23:00:00Z')
  expect(await reminders(scene)).toBe(1)
  await lookAt('2027-02-28T12:00:00Z')
  expect(await reminders(scene)).toBe(1)
  const event = await db.event.findFirstOrThrow({ where: { releaseId, type: 'release.reminder' } })
  expect(event.key).toBe(`release.reminder:${releaseId}:2027-03-01`)
})

test('as soon as the service is back when it was down then', async () => {
  const scene = await createReleaseScene(app)
  await scheduleRelease(scene, '2027-03-01')
  await lookAt('2027-02-28T20:00:00Z')
  expect(await reminders(scene)).toBe(1)
})

test('again for another date', async () => {
  const scene = await createReleaseScene(app)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await lookAt('2027-02-28T12:00:00Z')
  await scene.manager.call('PATCH', `/releases/${releaseId}`, { body: { releaseOn: '2027-03-10' } })
  await lookAt('2027-03-01T12:00:00Z')
  expect(await reminders(scene)).toBe(1)
  await lookAt('2027-03-09T12:00:00Z')
  expect(await reminders(scene)).toBe(2)
})

test('not of a release that was cancelled, or is due already', async () => {
  const scene = await createReleaseScene(app)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await scene.manager.call('POST', `/releases/${releaseId}/cancellation`, { body: { reason: 'Not ready.' } })
  await lookAt('2027-02-28T12:00:00Z')
  expect(await reminders(scene)).toBe(0)

  const due = await createReleaseScene(app)
  await scheduleRelease(due, '2027-03-01')
  await lookAt('2027-02-28T23:00:00Z')
  expect(await reminders(due)).toBe(0)
})

test('not of a date that was told less than a day before it', async () => {
  const scene = await createReleaseScene(app)
  await scheduleRelease(scene, '2027-02-21')
  await lookAt('2027-02-20T18:00:00Z')
  expect(await reminders(scene)).toBe(0)
})

test('once by two instances at the same moment, which is why the row is claimed', async () => {
  const scenes = []
  for (let number = 0; number < 6; number += 1) scenes.push(await createReleaseScene(app))
  for (const scene of scenes) await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-02-28T12:00:00Z')
  await Promise.all([remindOfReleases(deps), remindOfReleases(deps), remindOfReleases(deps)])
  for (const scene of scenes) expect(await reminders(scene)).toBe(1)
})

test('not lost when the instance dies between the claim and the event', async () => {
  const scene = await createReleaseScene(app)
  await scheduleRelease(scene, '2027-03-01')
  await setClock(db, '2027-02-28T12:00:00Z')
  await db.$executeRawUnsafe(
    `alter table "Event" add constraint stop check (type <> 'release.reminder') not valid`,
  )
  await expect(remindOfReleases(deps)).rejects.toThrow()
  await db.$executeRawUnsafe(`alter table "Event" drop constraint stop`)
  await remindOfReleases(deps)
  expect(await reminders(scene)).toBe(1)
})
