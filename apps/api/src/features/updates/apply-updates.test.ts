import type { Problem } from '@packline/contract/problem.ts'
import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import {
  apply,
  countTargets,
  createConsumer,
  deliveriesIn,
  deployedIn,
  install,
  packsOf,
} from '../../test/consumer-scene.ts'
import { watchStatements } from '../../test/watched-statements.ts'
import { findViolations } from '../../test/invariants.ts'
import { createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { goOut, replaceVersions, startTestingPeriod, statesIn } from '../../test/testing-period.ts'

const app = await createTestApp()
const { db } = app

describe('Apply Pending Updates', () => {
  test('R-69 new version and date, pending blank, button gone; the packages and deliveries follow', async () => {
    const { scene, consumer, one, two, installation, attachmentId, pendingId } = await startTestingPeriod(app)
    await setClock(db, '2027-02-21T09:30:00Z')
    const results = await apply(consumer, one.id, { seen: [{ attachmentId, releaseId: pendingId }] })
    expect(results).toEqual([
      {
        kind: 'applied',
        attachmentId,
        installationId: installation.id,
        name: 'Order to Cash',
        releaseId: pendingId,
        fromNumber: 1,
        toNumber: 2,
      },
    ])

    const { rows, apply: decision } = await packsOf(consumer, one.id)
    expect(rows).toMatchObject([
      {
        state: 'applied-early',
        versionNumber: 2,
        pendingNumber: null,
        updatedHow: 'MANUAL',
        lastUpdatedAt: expect.stringMatching(/^2027-02-21T09:30/),
        running: { id: pendingId, releasedAt: null },
        pending: null,
        changes: [],
        deliveries: [{ state: 'WAITING' }],
      },
    ])
    expect(decision).toMatchObject({ kind: 'refused', reason: 'nothing-pending' })
    expect(await deployedIn(app, one.id)).toEqual(['Invoice sync 2.0', 'Orders to ERP 2.0'])
    expect(await deployedIn(app, two.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    const deliveries = await deliveriesIn(app, one.id)
    expect(deliveries.map(({ releaseId, state }) => [releaseId, state])).toEqual(
      expect.arrayContaining([
        [scene.first.id, 'SUPERSEDED'],
        [pendingId, 'WAITING'],
      ]),
    )
    expect(await statesIn(consumer, two.id)).toEqual(['offered'])
    expect(await findViolations(db)).toEqual([])
  })

  test('R-71 is written down as as.ipack UPDATE MANUAL, with before and after, once', async () => {
    const { scene, consumer, one, pendingId } = await startTestingPeriod(app)
    await apply(consumer, one.id)
    await apply(consumer, one.id).catch(() => undefined)
    const entries = await db.auditEntry.findMany({
      where: { accountId: consumer.accountId, action: 'as.ipack UPDATE MANUAL' },
    })
    expect(entries).toMatchObject([
      {
        actorId: consumer.operator.userId,
        actorKind: 'USER',
        objectType: 'attachment',
        before: { releaseId: scene.first.id, version: 1 },
        after: { releaseId: pendingId, version: 2 },
      },
    ])
    expect(await db.releaseTarget.findMany({ where: { releaseId: pendingId } })).toMatchObject([
      { how: 'MANUAL', fromNumber: 1, toNumber: 2, appliedByName: 'Test Person' },
    ])
  })

  test('R-35 on the date it stays as it is, and the other environment gets the same number', async () => {
    const { consumer, one, two, pendingId } = await startTestingPeriod(app)
    await apply(consumer, one.id)
    await goOut(app)
    for (const [place, how] of [
      [one, 'MANUAL'],
      [two, 'AUTOMATIC'],
    ] as const) {
      expect((await packsOf(consumer, place.id)).rows).toMatchObject([
        { state: 'on-current', versionNumber: 2, updatedHow: how, running: { id: pendingId } },
      ])
    }
    expect(await db.releaseTarget.count({ where: { releaseId: pendingId } })).toBe(2)
    expect(await findViolations(db)).toEqual([])
  })

  test('the same request again gets the same answer and applies once', async () => {
    const { consumer, one, pendingId } = await startTestingPeriod(app)
    const request = { body: {}, headers: { 'idempotency-key': 'apply-it-once' } }
    const answers = [
      await consumer.call('POST', `/environments/${one.id}/updates`, request),
      await consumer.call('POST', `/environments/${one.id}/updates`, request),
    ]
    expect(answers[1]?.json()).toEqual(answers[0]?.json())
    expect(await db.releaseTarget.count({ where: { releaseId: pendingId } })).toBe(1)
  })

  test('nothing pending', async () => {
    const { scene, consumer, one, pendingId } = await startTestingPeriod(app)
    await scene.manager.call('POST', `/releases/${pendingId}/cancellation`, { body: { reason: 'No.' } })
    const answer = await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.statusCode).toBe(409)
    expect(answer.json<Problem>()).toMatchObject({
      code: 'nothing-pending',
      message: 'Nothing is pending in this environment that could be applied.',
    })
  })

  test('what has nothing pending is not held, however many packs that are', async () => {
    const { consumer, one } = await startTestingPeriod(app)
    const applyingTakes = async () => {
      const { watched, stop } = watchStatements()
      await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} }).finally(stop)
      return watched.count
    }
    await apply(consumer, one.id)
    const withOnePack = await applyingTakes()
    for (let packs = 0; packs < 3; packs += 1) {
      const other = await createReleaseScene(app)
      await db.accountGroupPack.create({ data: { groupId: consumer.group.id, packId: other.pack.id } })
      await db.integrationPack.update({ where: { id: other.pack.id }, data: { name: `Pack ${packs}` } })
      await install(consumer, other.pack.id, [one.id])
    }
    expect(await applyingTakes()).toBe(withOnePack)
  })

  test('another account’s environment looks like none', async () => {
    const { scene, one, pendingId } = await startTestingPeriod(app)
    const stranger = await createConsumer(app, scene)
    for (const answer of [
      await stranger.call('GET', `/environments/${one.id}/integration-packs`),
      await stranger.call('GET', `/atoms/${one.atoms[0]?.id}/integration-packs`),
      await stranger.call('POST', `/environments/${one.id}/updates`, { body: {} }),
    ]) {
      expect(answer.statusCode).toBe(404)
      expect(answer.body).not.toContain('Order to Cash')
    }
    expect(await db.releaseTarget.count({ where: { releaseId: pendingId } })).toBe(0)
  })

  test('what was seen is what is applied: a replaced release is refused for its pack, others go on', async () => {
    const { scene, consumer, one, attachmentId, pendingId } = await startTestingPeriod(app)
    const other = await createReleaseScene(app)
    await db.accountGroupPack.create({ data: { groupId: consumer.group.id, packId: other.pack.id } })
    await db.integrationPack.update({ where: { id: other.pack.id }, data: { name: 'Second pack' } })
    const second = await install(consumer, other.pack.id, [one.id])
    const secondPending = await scheduleRelease(other)
    const seen = [
      { attachmentId, releaseId: pendingId },
      { attachmentId: second.attached[0]?.attachmentId ?? '', releaseId: secondPending },
    ]
    await replaceVersions(scene, pendingId)
    const results = await apply(consumer, one.id, { seen })
    expect(results).toHaveLength(2)
    expect(results).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Second pack', kind: 'applied' }),
        expect.objectContaining({
          name: 'Order to Cash',
          kind: 'refused',
          reason: 'pending-changed',
          message: expect.stringMatching(/^The publisher has replaced the pending update/),
        }),
      ]),
    )
  })

  test('D-24 one that fails is reported, and does not undo the others', async () => {
    const { scene, consumer, one, attachmentId } = await startTestingPeriod(app)
    const other = await createReleaseScene(app)
    await db.accountGroupPack.create({ data: { groupId: consumer.group.id, packId: other.pack.id } })
    await db.integrationPack.update({ where: { id: other.pack.id }, data: { name: 'Second pack' } })
    await install(consumer, other.pack.id, [one.id])
    await scheduleRelease(other)
    // The first pack fails after it has written everything but its audit entry.
    await db.$executeRawUnsafe(`create function sabotage() returns trigger language plpgsql as $$
      begin raise exception 'sabotaged' using errcode = '22023'; end $$`)
    await db.$executeRawUnsafe(`create trigger sabotage before insert on "AuditEntry" for each row
      when (new."objectId" = '${attachmentId}') execute function sabotage()`)
    const results = await apply(consumer, one.id)
    await db.$executeRawUnsafe('drop function sabotage cascade')

    expect(results.map(({ name, kind }) => [name, kind]).toSorted()).toEqual([
      ['Order to Cash', 'refused'],
      ['Second pack', 'applied'],
    ])
    const failed = results.find(({ kind }) => kind === 'refused')
    expect(failed).toMatchObject({
      reason: 'failed',
      message: expect.stringMatching(/^It could not be applied/),
    })
    expect(JSON.stringify(failed)).not.toContain('sabotaged')
    expect(await countTargets(app, scene.pack.id)).toBe(0)
    expect(await countTargets(app, other.pack.id)).toBe(1)
    expect(await findViolations(db)).toEqual([])
    expect(await apply(consumer, one.id)).toMatchObject([{ name: 'Order to Cash', kind: 'applied' }])
  })

  test('a pack detached since the list was opened is told as that', async () => {
    const { consumer, one, installation, attachmentId, pendingId } = await startTestingPeriod(app)
    await consumer.call('POST', `/installations/${installation.id}/detachments`, {
      body: { environmentIds: [one.id] },
    })
    expect(await apply(consumer, one.id, { seen: [{ attachmentId, releaseId: pendingId }] })).toMatchObject([
      { kind: 'refused', reason: 'not-attached', installationId: null, name: null },
    ])
  })
})
