import type { Problem } from '@packline/contract/problem.ts'
import { describe, expect, test } from 'vitest'
import {
  apply,
  createConsumer,
  createPlace,
  deliveriesIn,
  deployedIn,
  deploymentsIn,
  install,
  packsOf,
} from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { createReleaseScene, releaseBody, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { goOut, replaceVersions, startTestingPeriod, statesIn } from '../../test/testing-period.ts'

const app = await createTestApp()
const { db } = app

describe('D-17 the lock after an early apply', () => {
  test('another release of the pack is refused everywhere in the account until it is out; the same one is not', async () => {
    const { scene, consumer, one, two, pendingId } = await startTestingPeriod(app)
    await apply(consumer, one.id)
    expect(await statesIn(consumer, two.id)).toEqual(['offered'])

    const replacementId = await replaceVersions(scene, pendingId)
    expect(await statesIn(consumer, one.id)).toEqual(['applied-early'])
    expect((await packsOf(consumer, one.id)).rows[0]?.sentence).toMatch(/replaced by the publisher since/)
    expect(await statesIn(consumer, two.id)).toEqual(['locked'])
    expect(await apply(consumer, two.id)).toMatchObject([{ kind: 'refused', reason: 'locked' }])

    // Detaching where it was applied does not open the lock.
    const { id } = (await consumer.call('GET', '/installations')).json<[{ id: string }]>()[0]
    const body = { environmentIds: [one.id] }
    await consumer.call('POST', `/installations/${id}/detachments`, { body })
    expect(await statesIn(consumer, two.id)).toEqual(['locked'])
    await consumer.call('POST', `/installations/${id}/attachments`, { body })
    expect(await statesIn(consumer, one.id)).toEqual(['locked'])

    // Another account of the same pack is free.
    const other = await createConsumer(app, scene)
    const place = await createPlace(app, other.accountId)
    await install(other, scene.pack.id, [place.id])
    expect(await apply(other, place.id)).toMatchObject([{ kind: 'applied', releaseId: replacementId }])

    await goOut(app)
    expect(await statesIn(consumer, one.id)).toEqual(['on-current'])
    expect(await findViolations(db)).toEqual([])
    const nextId = await scheduleRelease(scene, '2027-04-01', [0, 0])
    expect(await apply(consumer, two.id)).toMatchObject([{ kind: 'applied', releaseId: nextId, toNumber: 4 }])
  })

  test('R-31, R-34 an immediate release reaches those that applied early as well, and opens the lock', async () => {
    const { scene, consumer, one, two } = await startTestingPeriod(app)
    await apply(consumer, one.id)
    await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
      body: releaseBody(scene, [2, 1]),
    })
    for (const place of [one, two]) {
      expect((await packsOf(consumer, place.id)).rows).toMatchObject([
        { state: 'on-current', versionNumber: 3, updatedHow: 'IMMEDIATE' },
      ])
      expect(await deployedIn(app, place.id)).toEqual(['Invoice sync 2.0', 'Orders to ERP 3.0'])
    }
    const versions = await deploymentsIn(app, one.id)
    expect(versions.map((row) => [row.packageVersion, row.version, row.isActive])).toEqual([
      ['1.0', 1, false],
      ['2.0', 2, true],
      ['1.0', 1, false],
      ['2.0', 2, false],
      ['3.0', 3, true],
    ])
    expect(await findViolations(db)).toEqual([])
  })

  test('D-1 cancelling takes it back, also where the cancelled release had replaced the one applied', async () => {
    const { scene, consumer, one, two, pendingId } = await startTestingPeriod(app)
    await apply(consumer, one.id)
    const replacementId = await replaceVersions(scene, pendingId)
    await scene.manager.call('POST', `/releases/${replacementId}/cancellation`, { body: { reason: 'No.' } })
    for (const place of [one, two]) {
      expect((await packsOf(consumer, place.id)).rows).toMatchObject([
        { state: 'on-current', versionNumber: 1, running: { id: scene.first.id } },
      ])
      expect(await deployedIn(app, place.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    }
    const waiting = await deliveriesIn(app, one.id)
    expect(waiting.find(({ releaseId }) => releaseId === scene.first.id)?.state).toBe('WAITING')
    expect(await findViolations(db)).toEqual([])
    await scheduleRelease(scene)
    expect(await apply(consumer, one.id)).toMatchObject([{ kind: 'applied', toNumber: 2 }])
  })
})

describe('who else is touched', () => {
  test('D-4 un-shared in the testing period: nothing is offered, nothing arrives, sharing again resumes', async () => {
    const { scene, consumer, one } = await startTestingPeriod(app)
    await db.accountGroupPack.deleteMany({ where: { packId: scene.pack.id } })
    const [row] = (await packsOf(consumer, one.id)).rows
    expect(row).toMatchObject({ state: 'no-longer-shared', pending: null, pendingNumber: null, changes: [] })
    const answer = await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.json<Problem>().code).toBe('nothing-pending')
    await goOut(app)
    expect(await deployedIn(app, one.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    expect(await statesIn(consumer, one.id)).toEqual(['no-longer-shared'])
  })

  test('D-20 a suspended account cannot apply, gets the release on its date, and finds it when it is active again', async () => {
    const { consumer, one, pendingId } = await startTestingPeriod(app)
    const suspend = (status: 'suspended' | 'active') =>
      db.account.update({ where: { id: consumer.accountId }, data: { status } })
    await suspend('suspended')
    const answer = await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.statusCode).toBe(403)
    expect(answer.json<Problem>().code).toBe('account-suspended')
    await goOut(app)
    await suspend('active')
    expect((await packsOf(consumer, one.id)).rows).toMatchObject([
      {
        state: 'on-current',
        versionNumber: 2,
        running: { id: pendingId },
        deliveries: [{ state: 'WAITING' }],
      },
    ])
  })

  test('R-60 installations of Multiple Attachments are counted, applied and deployed each on its own', async () => {
    const scene = await createReleaseScene(app, { type: 'MULTI' })
    const consumer = await createConsumer(app, scene)
    const place = await createPlace(app, consumer.accountId)
    await install(consumer, scene.pack.id, [place.id], 'Harbour')
    await install(consumer, scene.pack.id, [place.id], 'Airport')
    await scheduleRelease(scene)
    const results = await apply(consumer, place.id)
    expect(results.map(({ name, kind }) => [name, kind])).toEqual([
      ['Airport', 'applied'],
      ['Harbour', 'applied'],
    ])
    expect(await deployedIn(app, place.id)).toHaveLength(4)
    expect(await findViolations(db)).toEqual([])
  })
})
