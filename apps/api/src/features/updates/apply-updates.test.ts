import type { AtomPacks } from '@packline/contract/updates.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import {
  apply,
  type Consumer,
  createConsumer,
  createPlace,
  deliveriesIn,
  deployedIn,
  install,
  packsOf,
} from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { createReleaseOf } from '../../test/pack-data.ts'
import { signInAs } from '../../test/people.ts'
import {
  createReleaseScene,
  packageOf,
  releaseBody,
  type ReleaseScene,
  scheduleRelease,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from '../releases/release-due.ts'

const app = await createTestApp()
const { db, deps } = app

/** A pack attached to two environments with an Atom each, and a scheduled release of version 2.0 of both components. */
async function testingPeriod() {
  const scene = await createReleaseScene(app)
  const consumer = await createConsumer(app, scene)
  const one = await createPlace(app, consumer.accountId, { name: 'Production' })
  const two = await createPlace(app, consumer.accountId, { name: 'Test' })
  const installation = await install(consumer, scene.pack.id, [one.id, two.id])
  const pendingId = await scheduleRelease(scene)
  return { scene, consumer, one, two, installation, pendingId }
}

const goOut = async () => {
  await setClock(db, '2027-02-28T23:00:00Z')
  await releaseDue(deps)
}
const replaceVersions = async (scene: ReleaseScene, releaseId: string) => {
  const answer = await scene.manager.call('POST', `/releases/${releaseId}/replacement`, {
    body: releaseBody(scene, [2, 1], '2027-03-01'),
  })
  if (answer.statusCode >= 300) throw new Error(answer.body)
  return answer.json<{ id: string }>().id
}
const states = async (consumer: Consumer, environmentId: string) =>
  (await packsOf(consumer, environmentId)).rows.map(({ state, why }) => why ?? state)

describe('View Integration Pack', () => {
  test('shows beside each number the release, its versions and what changes from the one running here', async () => {
    const { scene, consumer, one, installation, pendingId } = await testingPeriod()
    const { rows, apply: decision, ...rest } = await packsOf(consumer, one.id)
    expect(rest).toMatchObject({
      environment: { id: one.id, name: 'Production', classification: 'PRODUCTION' },
      atoms: [{ name: 'Production 1', status: 'ONLINE', nodeCount: 1, onlineCount: 1 }],
    })
    expect(decision).toEqual({ kind: 'allowed', packCount: 1 })
    expect(rows).toMatchObject([
      {
        installationId: installation.id,
        name: 'Order to Cash',
        state: 'offered',
        why: null,
        sentence:
          'Version 2 can be applied now. Otherwise it arrives by itself on 2027-03-01 between 00:00 and 01:00 in Europe/Berlin.',
        versionNumber: 1,
        pendingNumber: 2,
        updatedHow: 'ATTACHED',
        running: { id: scene.first.id, components: [{ version: '1.0' }, { version: '1.0' }] },
        pending: {
          id: pendingId,
          releaseOn: '2027-03-01',
          window: { start: '2027-02-28T23:00:00.000Z', kind: 'ordinary' },
          components: [{ version: '2.0' }, { version: '2.0' }],
        },
        changes: [
          {
            componentName: 'Invoice sync',
            kind: 'updated',
            from: { version: '1.0' },
            to: { version: '2.0' },
          },
          {
            componentName: 'Orders to ERP',
            kind: 'updated',
            from: { version: '1.0' },
            to: { version: '2.0' },
          },
        ],
        deliveries: [{ atomName: 'Production 1', nodeName: 'node 0', state: 'WAITING', attempts: 0 }],
      },
    ])
  })

  test('the changes roll up over all releases between the one running and the pending one', async () => {
    const { scene, consumer, one } = await testingPeriod()
    // The environment was passed over by a release: it still runs the first.
    const between = await createReleaseOf(app, scene.pack.id, {
      status: 'SUPERSEDED',
      content: [packageOf(scene.orders, 1)],
    })
    await db.attachment.updateMany({ where: { environmentId: one.id }, data: { releaseId: between.id } })
    const [row] = (await packsOf(consumer, one.id)).rows
    expect(row?.changes).toMatchObject([{ componentName: 'Invoice sync', kind: 'added', from: null }])
    await db.attachment.updateMany({ where: { environmentId: one.id }, data: { releaseId: scene.first.id } })
  })

  test('R-65 without an Atom Pending is blank and nothing can be applied', async () => {
    const { scene, consumer } = await testingPeriod()
    const bare = await createPlace(app, consumer.accountId, { atoms: 0 })
    const { id } = (await consumer.call('GET', '/installations')).json<[{ id: string }]>()[0]
    await consumer.call('POST', `/installations/${id}/attachments`, { body: { environmentIds: [bare.id] } })
    const { rows, apply: decision } = await packsOf(consumer, bare.id)
    expect(rows).toMatchObject([{ state: 'waits-for-date', why: 'no-atom', pendingNumber: null }])
    expect(decision).toMatchObject({ kind: 'refused', reason: 'no-atom' })
    expect(await apply(consumer, bare.id)).toMatchObject([{ kind: 'refused', reason: 'no-atom' }])
    expect(await db.releaseTarget.count({ where: { release: { packId: scene.pack.id } } })).toBe(0)
  })

  test('R-67 Read Access sees everything and why there is no button', async () => {
    const { consumer, one } = await testingPeriod()
    const viewer = await signInAs(app, {
      accountId: consumer.accountId,
      privileges: ['atom-management-read-access'],
    })
    const view = await packsOf({ ...consumer, call: viewer.call }, one.id)
    expect(view.rows).toMatchObject([{ state: 'offered', pendingNumber: 2 }])
    expect(view.apply).toEqual({
      kind: 'refused',
      reason: 'privilege-missing',
      message:
        'Applying pending updates needs the privilege Atom Management. Ask an administrator of this account.',
    })
    const answer = await viewer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.statusCode).toBe(403)
  })

  test('of an Atom shows the same; of one in no environment nothing', async () => {
    const { consumer, one } = await testingPeriod()
    const [atom] = one.atoms
    const found = (await consumer.call('GET', `/atoms/${atom?.id}/integration-packs`)).json<AtomPacks>()
    expect(found).toMatchObject({ atom: { id: atom?.id }, packs: { rows: [{ state: 'offered' }] } })
    const loose = await db.atom.create({ data: { accountId: consumer.accountId, name: 'Loose' } })
    const none = (await consumer.call('GET', `/atoms/${loose.id}/integration-packs`)).json<AtomPacks>()
    expect(none.packs).toBeNull()
  })
})

describe('Apply Pending Updates', () => {
  test('R-69 new version and date, pending blank, button gone; the packages and deliveries follow', async () => {
    const { scene, consumer, one, two, installation, pendingId } = await testingPeriod()
    const attachmentId =
      installation.attached.find(({ environmentId }) => environmentId === one.id)?.attachmentId ?? ''
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
    expect(await states(consumer, two.id)).toEqual(['offered'])
    expect(await findViolations(db)).toEqual([])
  })

  test('R-71 is written down as as.ipack UPDATE MANUAL, with before and after, once', async () => {
    const { scene, consumer, one, pendingId } = await testingPeriod()
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
    const { consumer, one, two, pendingId } = await testingPeriod()
    await apply(consumer, one.id)
    await goOut()
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
    const { consumer, one, pendingId } = await testingPeriod()
    const request = { body: {}, headers: { 'idempotency-key': 'apply-it-once' } }
    const answers = [
      await consumer.call('POST', `/environments/${one.id}/updates`, request),
      await consumer.call('POST', `/environments/${one.id}/updates`, request),
    ]
    expect(answers[1]?.json()).toEqual(answers[0]?.json())
    expect(await db.releaseTarget.count({ where: { releaseId: pendingId } })).toBe(1)
  })

  test('nothing pending', async () => {
    const { scene, consumer, one, pendingId } = await testingPeriod()
    await scene.manager.call('POST', `/releases/${pendingId}/cancellation`, { body: { reason: 'No.' } })
    const answer = await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.statusCode).toBe(409)
    expect(answer.json<Problem>()).toMatchObject({
      code: 'nothing-pending',
      message: 'Nothing is pending in this environment that could be applied.',
    })
  })

  test('another account’s environment looks like none', async () => {
    const { scene, one, pendingId } = await testingPeriod()
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
    const { scene, consumer, one, installation, pendingId } = await testingPeriod()
    const other = await createReleaseScene(app)
    await db.accountGroupPack.create({ data: { groupId: consumer.group.id, packId: other.pack.id } })
    await db.integrationPack.update({ where: { id: other.pack.id }, data: { name: 'Second pack' } })
    const second = await install(consumer, other.pack.id, [one.id])
    const secondPending = await scheduleRelease(other)
    const seen = [
      { attachmentId: installation.attached[0]?.attachmentId ?? '', releaseId: pendingId },
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

  test('a pack detached since the list was opened is told as that', async () => {
    const { consumer, one, installation, pendingId } = await testingPeriod()
    const attachmentId =
      installation.attached.find(({ environmentId }) => environmentId === one.id)?.attachmentId ?? ''
    await consumer.call('POST', `/installations/${installation.id}/detachments`, {
      body: { environmentIds: [one.id] },
    })
    expect(await apply(consumer, one.id, { seen: [{ attachmentId, releaseId: pendingId }] })).toMatchObject([
      { kind: 'refused', reason: 'not-attached', installationId: null, name: null },
    ])
  })
})

describe('D-17 the lock after an early apply', () => {
  test('another release of the pack is refused everywhere in the account until it is out; the same one is not', async () => {
    const { scene, consumer, one, two, pendingId } = await testingPeriod()
    await apply(consumer, one.id)
    expect(await states(consumer, two.id)).toEqual(['offered'])

    const replacementId = await replaceVersions(scene, pendingId)
    expect(await states(consumer, one.id)).toEqual(['applied-early'])
    expect((await packsOf(consumer, one.id)).rows[0]?.sentence).toMatch(/replaced by the publisher since/)
    expect(await states(consumer, two.id)).toEqual(['locked'])
    expect(await apply(consumer, two.id)).toMatchObject([{ kind: 'refused', reason: 'locked' }])

    // Detaching where it was applied does not open the lock.
    const { id } = (await consumer.call('GET', '/installations')).json<[{ id: string }]>()[0]
    const body = { environmentIds: [one.id] }
    await consumer.call('POST', `/installations/${id}/detachments`, { body })
    expect(await states(consumer, two.id)).toEqual(['locked'])
    await consumer.call('POST', `/installations/${id}/attachments`, { body })
    expect(await states(consumer, one.id)).toEqual(['locked'])

    // Another account of the same pack is free.
    const other = await createConsumer(app, scene)
    const place = await createPlace(app, other.accountId)
    await install(other, scene.pack.id, [place.id])
    expect(await apply(other, place.id)).toMatchObject([{ kind: 'applied', releaseId: replacementId }])

    await goOut()
    expect(await states(consumer, one.id)).toEqual(['on-current'])
    expect(await findViolations(db)).toEqual([])
    const nextId = await scheduleRelease(scene, '2027-04-01', [0, 0])
    expect(await apply(consumer, two.id)).toMatchObject([{ kind: 'applied', releaseId: nextId, toNumber: 4 }])
  })

  test('R-31, R-34 an immediate release reaches those that applied early as well, and opens the lock', async () => {
    const { scene, consumer, one, two } = await testingPeriod()
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
    const versions = await db.deployedPackage.findMany({
      where: { environmentId: one.id },
      orderBy: [{ package: { componentName: 'asc' } }, { version: 'asc' }],
      select: { version: true, isActive: true, package: { select: { version: true } } },
    })
    expect(versions.map((row) => [row.package.version, row.version, row.isActive])).toEqual([
      ['1.0', 1, false],
      ['2.0', 2, true],
      ['1.0', 1, false],
      ['2.0', 2, false],
      ['3.0', 3, true],
    ])
    expect(await findViolations(db)).toEqual([])
  })

  test('D-1 cancelling takes it back, also where the cancelled release had replaced the one applied', async () => {
    const { scene, consumer, one, two, pendingId } = await testingPeriod()
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
    const { scene, consumer, one } = await testingPeriod()
    await db.accountGroupPack.deleteMany({ where: { packId: scene.pack.id } })
    const [row] = (await packsOf(consumer, one.id)).rows
    expect(row).toMatchObject({ state: 'no-longer-shared', pending: null, pendingNumber: null, changes: [] })
    const answer = await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.json<Problem>().code).toBe('nothing-pending')
    await goOut()
    expect(await deployedIn(app, one.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    expect(await states(consumer, one.id)).toEqual(['no-longer-shared'])
  })

  test('D-20 a suspended account cannot apply, gets the release on its date, and finds it when it is active again', async () => {
    const { consumer, one, pendingId } = await testingPeriod()
    const suspend = (status: 'suspended' | 'active') =>
      db.account.update({ where: { id: consumer.accountId }, data: { status } })
    await suspend('suspended')
    const answer = await consumer.call('POST', `/environments/${one.id}/updates`, { body: {} })
    expect(answer.statusCode).toBe(403)
    expect(answer.json<Problem>().code).toBe('account-suspended')
    await goOut()
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
