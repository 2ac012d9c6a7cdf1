import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { deriveDueInstants } from './derive-due-instants.ts'
import { releaseDue } from './release-due.ts'

const app = await createTestApp()
const { db, deps } = app

const statusOf = async (id: string) => (await db.release.findUniqueOrThrow({ where: { id } })).status

describe('zone data', () => {
  test('a law that moves midnight moves the due instant; the date stays', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await db.release.update({
      where: { id },
      data: {
        zoneDataVersion: '2020a',
        dueAt: new Date('2027-02-28T22:00:00Z'),
        nextTryAt: new Date('2027-02-28T22:00:00Z'),
      },
    })
    expect(await deriveDueInstants(deps, app.app.log)).toBe(1)
    await setClock(db, '2027-02-28T22:30:00Z')
    await releaseDue(deps)
    expect(await statusOf(id)).toBe('SCHEDULED')
    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await statusOf(id)).toBe('SUCCESS')
    expect(await deriveDueInstants(deps, app.app.log)).toBe(0)
  })

  test('a release that somebody is changing at that moment is waited for, not left with the older instant', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    const older = new Date('2027-02-28T22:00:00Z')
    await db.release.update({
      where: { id },
      data: { zoneDataVersion: '2020a', dueAt: older, nextTryAt: older },
    })
    const { moving } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select from "Release" where id = ${id}::uuid for update`
      const deriving = deriveDueInstants(deps, app.app.log)
      await untilSomeoneWaitsForALock(db)
      return { moving: deriving }
    })
    expect(await moving).toBe(1)
    expect((await db.release.findUniqueOrThrow({ where: { id } })).dueAt.toISOString()).toBe(
      '2027-02-28T23:00:00.000Z',
    )
  })

  test('more releases than one transaction takes are all derived, and none of them twice', async () => {
    const { accountId } = await createReleaseScene(app)
    await db.$executeRaw`
      with pack as (
        insert into "IntegrationPack" (id, "accountId", name, type)
        select gen_random_uuid(), ${accountId}, 'Pack ' || n, 'SINGLE' from generate_series(1, 1100) n returning id)
      insert into "Release" (id, "requestId", "packId", sequence, status, timing, "releaseOn", "timeZone", "dueAt", "windowEndsAt",
        "zoneDataVersion", "scheduledByName", "createdAt", "changedAt", "nextTryAt")
      select gen_random_uuid(), gen_random_uuid(), id, 1, 'SCHEDULED', 'DATED', '2027-06-01', 'Europe/Berlin', '2027-05-31T22:00Z',
        '2027-05-31T23:00Z', '2020a', '', app_now(), app_now(), '2027-05-31T22:00Z' from pack`
    await db.$executeRaw`
      update "Release" set "dueAt" = '2027-05-31T23:00Z', "nextTryAt" = '2027-05-31T23:00Z'
      where id in (select id from "Release" where "zoneDataVersion" = '2020a' order by id desc limit 2)`
    expect(await deriveDueInstants(deps, app.app.log)).toBe(2)
    expect(await db.release.count({ where: { zoneDataVersion: '2020a' } })).toBe(0)
    await db.release.deleteMany({ where: { releaseOn: new Date('2027-06-01') } })
  })

  test('an instant that turns out to lie in the past is released at once, and is not late inside its window (b18)', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await db.release.update({
      where: { id },
      data: {
        zoneDataVersion: '2020a',
        dueAt: new Date('2027-03-01T00:00:00Z'),
        nextTryAt: new Date('2027-03-01T00:00:00Z'),
      },
    })
    await setClock(db, '2027-02-28T23:20:00Z')
    await releaseDue(deps)
    expect(await statusOf(id)).toBe('SCHEDULED')
    await deriveDueInstants(deps, app.app.log)
    await releaseDue(deps)
    expect((await scene.manager.call('GET', `/releases/${id}`)).json()).toMatchObject({
      status: 'SUCCESS',
      lateBySeconds: null,
    })
  })

  test('a zone nobody knows keeps its instant, and the others are derived all the same (b19)', async () => {
    const scene = await createReleaseScene(app)
    const other = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    const otherId = await scheduleRelease(other)
    const earlier = new Date('2027-02-28T20:00:00Z')
    await db.release.update({ where: { id }, data: { zoneDataVersion: '2020a', timeZone: 'Mars/Olympus' } })
    await db.release.update({
      where: { id: otherId },
      data: { zoneDataVersion: '2020a', dueAt: earlier, nextTryAt: earlier },
    })
    expect(await deriveDueInstants(deps, app.app.log)).toBe(1)
    expect((await db.release.findUniqueOrThrow({ where: { id } })).dueAt.toISOString()).toBe(
      '2027-02-28T23:00:00.000Z',
    )
    await db.release.update({ where: { id }, data: { timeZone: 'Europe/Berlin' } })
  })
})
