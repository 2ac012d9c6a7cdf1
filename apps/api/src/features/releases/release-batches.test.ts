import { describe, expect, test } from 'vitest'
import { createPace } from '../../platform/pace.ts'
import { setClock } from '../../test/clock.ts'
import { createReleaseOf } from '../../test/pack-data.ts'
import {
  addCustomer,
  attachmentsOf,
  createReleaseScene,
  packageOf,
  releaseBody,
  scheduleRelease,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from './release-due.ts'

const app = await createTestApp()
const { db, deps } = app

const statusOf = async (id: string) => (await db.release.findUniqueOrThrow({ where: { id } })).status

describe('a large install base', () => {
  test('goes out in chunks that a crash can part anywhere, and is finished once', async () => {
    const scene = await createReleaseScene(app)
    const customers = []
    for (let index = 0; index < 7; index += 1) customers.push(await addCustomer(app, scene, 2))
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:00Z')

    expect(await releaseDue(deps, { releases: 10, installations: 2 })).toBe(4)

    expect(await statusOf(id)).toBe('SUCCESS')
    expect(await db.releaseTarget.count({ where: { releaseId: id } })).toBe(14)
    for (const { accountId } of customers) {
      expect(await attachmentsOf(app, accountId)).toMatchObject([{ versionNumber: 2 }, { versionNumber: 2 }])
    }
  })

  test('a worker that has just begun, or has failed, takes small steps that grow', async () => {
    const scene = await createReleaseScene(app)
    for (let index = 0; index < 14; index += 1) await addCustomer(app, scene, 1)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:00Z')
    const updated: number[] = []
    const mayTakePart = async () => {
      updated.push(await db.releaseTarget.count({ where: { releaseId: id } }))
      return true
    }
    const limits = { mayTakePart, pace: createPace() }
    await db.$executeRaw`
      create function find_no_room() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = '53100'; end $$`
    await db.$executeRaw`create trigger find_no_room before insert on "ReleaseTarget" execute function find_no_room()`
    limits.pace.succeeded()
    await expect(releaseDue(deps, { releases: 8, installations: 8 }, limits)).rejects.toThrow(
      'could not extend',
    )
    await db.$executeRaw`drop trigger find_no_room on "ReleaseTarget"`

    updated.length = 0
    expect(await releaseDue(deps, { releases: 8, installations: 8 }, limits)).toBe(4)
    expect(updated).toEqual([0, 1, 3, 7, 14])
  })

  test('what is left to another instance goes out here when that one does not get to it', async () => {
    const scene = await createReleaseScene(app)
    await addCustomer(app, scene, 2)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:00Z')
    const seen: string[] = []
    const mayTakePart = async () => {
      seen.push(await statusOf(id))
      return seen.length > 1
    }
    expect(await releaseDue(deps, { releases: 10, installations: 10 }, { mayTakePart })).toBe(1)
    // Asked in each transaction, also in the one that finds nothing due any more.
    expect(seen).toEqual(['SCHEDULED', 'SCHEDULED', 'SUCCESS'])
  })

  test('three workers at once share the packs of one midnight without doing one twice', async () => {
    const scenes = []
    for (let index = 0; index < 12; index += 1) {
      const scene = await createReleaseScene(app)
      await addCustomer(app, scene, 2)
      scenes.push({ scene, id: await scheduleRelease(scene) })
    }
    await setClock(db, '2027-02-28T23:00:00Z')
    await Promise.all([1, 2, 3].map(() => releaseDue(deps, { releases: 2, installations: 3 })))
    for (const { id } of scenes) {
      expect(await statusOf(id)).toBe('SUCCESS')
      expect(await db.releaseTarget.count({ where: { releaseId: id } })).toBe(2)
    }
  })
})

describe('what goes wrong', () => {
  /** Makes the database refuse to let this release begin. */
  async function sabotage(releaseId: string) {
    await db.$executeRawUnsafe(`create function sabotage_${name(releaseId)}() returns trigger language plpgsql as $$
      begin raise exception 'sabotaged' using errcode = '22023'; end $$`)
    await db.$executeRawUnsafe(`create trigger sabotage_${name(releaseId)} before update on "Release" for each row
      when (new.id = '${releaseId}' and new."startedAt" is not null) execute function sabotage_${name(releaseId)}()`)
  }
  const mend = (releaseId: string) =>
    db.$executeRawUnsafe(`drop function sabotage_${name(releaseId)} cascade`)
  const name = (releaseId: string) => releaseId.replaceAll('-', '')

  test('one bad release never blocks the others, is retried with back-off and shown as failed in the end', async () => {
    const bad = await createReleaseScene(app)
    const good = await createReleaseScene(app)
    const badId = await scheduleRelease(bad)
    const goodId = await scheduleRelease(good)
    const { changedAt } = await db.release.findUniqueOrThrow({ where: { id: badId } })
    await sabotage(badId)

    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await statusOf(goodId)).toBe('SUCCESS')
    expect(await db.release.findUniqueOrThrow({ where: { id: badId } })).toMatchObject({
      status: 'SCHEDULED',
      attempts: 1,
      // Still the date of whoever scheduled it.
      changedAt,
    })
    const pack = await db.integrationPack.findUniqueOrThrow({ where: { id: bad.pack.id } })
    expect(pack.currentReleaseId).toBe(bad.first.id)

    for (let attempt = 2; attempt <= 8; attempt += 1) {
      const { nextTryAt } = await db.release.findUniqueOrThrow({ where: { id: badId } })
      await setClock(db, nextTryAt.toISOString())
      await releaseDue(deps)
    }
    const failed = await bad.manager.call('GET', `/releases/${badId}`)
    expect(failed.json()).toMatchObject({
      status: 'ERROR',
      attempts: 8,
      lastError: expect.stringContaining('22023'),
    })
    expect(failed.body).not.toContain('sabotaged')

    await mend(badId)
    const again = await bad.manager.call('POST', `/releases/${badId}/try-again`)
    expect(again.statusCode, again.body).toBe(200)
    await releaseDue(deps)
    expect(await statusOf(badId)).toBe('SUCCESS')
  })

  test('a new release takes the place of a failed one', async () => {
    const scene = await createReleaseScene(app)
    const failed = await createReleaseOf(app, scene.pack.id, {
      status: 'ERROR',
      content: [packageOf(scene.orders, 1)],
    })
    const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
      body: releaseBody(scene, [2, 1]),
    })
    expect(answer.json().status).toBe('SUCCESS')
    expect(await statusOf(failed.id)).toBe('SUPERSEDED')
    const again = await scene.manager.call('POST', `/releases/${failed.id}/try-again`)
    expect(again.json().code).toBe('release-not-failed')
  })

  test('somebody who holds the pack is skipped, not waited for, and the release goes out on the next round', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:00Z')
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "IntegrationPack" where id = ${scene.pack.id}::uuid for share`
      expect(await releaseDue(deps)).toBe(0)
    })
    expect(await releaseDue(deps)).toBe(1)
    expect(await statusOf(id)).toBe('SUCCESS')
  })
})
