import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { addVersion, createReleaseOf, installIn } from '../../test/pack-data.ts'
import { createAccount } from '../../test/people.ts'
import {
  addCustomer,
  attachmentsOf,
  createReleaseScene,
  packageOf,
  type ReleaseScene,
  releaseBody,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { deriveDueInstants } from './derive-due-instants.ts'
import { releaseDue } from './release-due.ts'

const app = await createTestApp()
const { db, deps } = app

async function schedule(
  scene: ReleaseScene,
  releaseOn = '2027-03-01',
  versions: readonly [number, number] = [1, 1],
) {
  const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, versions, releaseOn),
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ id: string }>().id
}

const statusOf = async (id: string) => (await db.release.findUniqueOrThrow({ where: { id } })).status

describe('the release window', () => {
  test('nothing a moment before midnight, everything at midnight, nothing again afterwards', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene, 2)
    const id = await schedule(scene)

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
    const id = await schedule(scene)
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
    const id = await schedule(scene)
    await setClock(db, '2027-03-01T00:30:00Z')
    await releaseDue(deps)
    const answer = await scene.manager.call('GET', `/releases/${id}`)
    expect(answer.json()).toMatchObject({ status: 'SUCCESS', lateBySeconds: expect.closeTo(1_800, -1) })
  })

  test('on time is not late', async () => {
    const scene = await createReleaseScene(app)
    const id = await schedule(scene)
    await setClock(db, '2027-02-28T23:10:00Z')
    await releaseDue(deps)
    expect((await scene.manager.call('GET', `/releases/${id}`)).json().lateBySeconds).toBeNull()
  })

  test('the scheduler may lose the privilege, the zone or leave: it still goes out under the stored name (D-15)', async () => {
    const scene = await createReleaseScene(app)
    const id = await schedule(scene)
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
    const id = await schedule(scene)
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
    await db.accountGroupAccount.deleteMany({ where: { accountId: unshared.accountId } })
    await db.account.update({ where: { id: suspended.accountId }, data: { status: 'suspended' } })
    const id = await schedule(scene)
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
    const id = await schedule(scene)
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

describe('a large install base', () => {
  test('goes out in chunks that a crash can part anywhere, and is finished once', async () => {
    const scene = await createReleaseScene(app)
    const customers = []
    for (let index = 0; index < 7; index += 1) customers.push(await addCustomer(app, scene, 2))
    const id = await schedule(scene)
    await setClock(db, '2027-02-28T23:00:00Z')

    expect(await releaseDue(deps, { releases: 10, installations: 2 })).toBe(4)

    expect(await statusOf(id)).toBe('SUCCESS')
    expect(await db.releaseTarget.count({ where: { releaseId: id } })).toBe(14)
    for (const { accountId } of customers) {
      expect(await attachmentsOf(app, accountId)).toMatchObject([{ versionNumber: 2 }, { versionNumber: 2 }])
    }
  })

  test('three workers at once share the packs of one midnight without doing one twice', async () => {
    const scenes = []
    for (let index = 0; index < 12; index += 1) {
      const scene = await createReleaseScene(app)
      await addCustomer(app, scene, 2)
      scenes.push({ scene, id: await schedule(scene) })
    }
    await setClock(db, '2027-02-28T23:00:00Z')
    await Promise.all([1, 2, 3].map(() => releaseDue(deps, { releases: 2, installations: 3 })))
    for (const { id } of scenes) {
      expect(await statusOf(id)).toBe('SUCCESS')
      expect(await db.releaseTarget.count({ where: { releaseId: id } })).toBe(2)
    }
  })

  test('the claim reads its index in order without sorting a midnight's ties, the fan-out its pack's installations only', async () => {
    const scene = await createReleaseScene(app)
    const accountId = await createAccount(app)
    await db.$executeRaw`
      with pack as (
        insert into "IntegrationPack" (id, "accountId", name, type)
        select gen_random_uuid(), ${scene.accountId}, 'Pack ' || n, 'MULTI' from generate_series(1, 3000) n returning id),
      waiting as (
        insert into "Release" (id, "packId", sequence, "requestId", status, timing, "dueAt", "windowEndsAt",
          "scheduledByName", "createdAt", "changedAt", "nextTryAt", "releaseOn", "timeZone", "zoneDataVersion")
        select gen_random_uuid(), id, 1, gen_random_uuid(), 'SCHEDULED', 'DATED', at, at, 'x', at, at, at, at, 'UTC', 'z'
        from pack, (select timestamptz '2026-01-01' as at) midnight)
      insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
      select gen_random_uuid(), id, 'MULTI', ${accountId}, id || ' ' || n, id, now()
      from pack, generate_series(1, 3) n`
    await db.$executeRaw`analyze`
    const planOf = async (query: string) => {
      const rows = await db.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`explain ${query}`)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    }

    const claim = await planOf(`select id from "Release"
      where status in ('SCHEDULED', 'IN_PROGRESS') and "nextTryAt" <= app_now() order by "nextTryAt", id limit 500`)
    expect(claim).toContain('Release_queue')
    expect(claim).not.toContain('Sort')
    const base = await planOf(`select id from "Installation"
      where "packId" = '${scene.pack.id}' and "uninstalledAt" is null order by "packId", id limit 5000`)
    expect(base).toContain('Installation_base')
    await db.$executeRaw`delete from "Release" where "timeZone" = 'UTC' and "zoneDataVersion" = 'z'`
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
    const badId = await schedule(bad)
    const goodId = await schedule(good)
    await sabotage(badId)

    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await statusOf(goodId)).toBe('SUCCESS')
    expect(await db.release.findUniqueOrThrow({ where: { id: badId } })).toMatchObject({
      status: 'SCHEDULED',
      attempts: 1,
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
    const id = await schedule(scene)
    await setClock(db, '2027-02-28T23:00:00Z')
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "IntegrationPack" where id = ${scene.pack.id}::uuid for share`
      expect(await releaseDue(deps)).toBe(0)
    })
    expect(await releaseDue(deps)).toBe(1)
    expect(await statusOf(id)).toBe('SUCCESS')
  })
})

describe('zone data', () => {
  test('a law that moves midnight moves the due instant; the date stays', async () => {
    const scene = await createReleaseScene(app)
    const id = await schedule(scene)
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

  test('an instant that turns out to lie in the past is released at once, and is not late inside its window (b18)', async () => {
    const scene = await createReleaseScene(app)
    const id = await schedule(scene)
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
    const id = await schedule(scene)
    const otherId = await schedule(other)
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

describe('the rows of the pack after a release', () => {
  test('what was added or removed since the confirmation waits for the following release (R-38)', async () => {
    const scene = await createReleaseScene(app)
    const id = await schedule(scene)
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
    const id = await schedule(scene)
    const accountId = await createAccount(app)
    await installIn(app, accountId, { packId: scene.pack.id, releaseId: scene.first.id })
    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await attachmentsOf(app, accountId)).toMatchObject([{ releaseId: id, versionNumber: 2 }])
  })
})
