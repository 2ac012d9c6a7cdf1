import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import {
  addCustomer,
  attachmentsOf,
  createReleaseScene,
  type ReleaseScene,
  releaseBody,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from './release-due.ts'

const app = await createTestApp()
const { db, deps } = app

async function scheduled(scene: ReleaseScene, releaseOn = '2027-03-01') {
  const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [1, 1], releaseOn),
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ id: string; requestId: string }>()
}

/** As the Atom Management screen would: this attachment runs the scheduled release already. */
async function applyEarly(
  scene: ReleaseScene,
  customer: Awaited<ReturnType<typeof addCustomer>>,
  releaseId: string,
) {
  const [attachment] = await attachmentsOf(app, customer.accountId)
  const attachmentId = attachment?.id ?? ''
  const at = new Date('2027-02-21T00:00:00Z')
  await db.attachment.update({
    where: { id: attachmentId },
    data: { releaseId, versionNumber: 2, updatedHow: 'MANUAL', lastUpdatedAt: at },
  })
  await db.installation.update({
    where: { id: customer.installation.id },
    data: { deliveredCount: 2, lastDeliveredReleaseId: releaseId },
  })
  await db.releaseTarget.create({
    data: {
      releaseId,
      attachmentId,
      accountId: customer.accountId,
      fromReleaseId: scene.first.id,
      fromNumber: 1,
      toNumber: 2,
      how: 'MANUAL',
      appliedAt: at,
    },
  })
}

describe('reschedule', () => {
  test('moves the same release, in the zone of whoever does it, and audits both (D-2, b16)', async () => {
    const scene = await createReleaseScene(app, { timeZone: 'Asia/Tokyo' })
    const release = await scheduled(scene)
    const editor = await signInAs(app, { accountId: scene.accountId, timeZone: 'Europe/Berlin' })
    const answer = await editor.call('PATCH', `/releases/${release.id}`, {
      body: { releaseOn: '2027-03-28' },
    })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toMatchObject({
      id: release.id,
      requestId: release.requestId,
      status: 'SCHEDULED',
      releaseOn: '2027-03-28',
      timeZone: 'Europe/Berlin',
      window: { start: '2027-03-27T23:00:00.000Z' },
    })
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { action: 'as.ipack.release RESCHEDULE', objectId: release.id },
    })
    expect(entry).toMatchObject({
      before: { timeZone: 'Asia/Tokyo', releaseOn: '2027-03-01' },
      after: { timeZone: 'Europe/Berlin' },
    })

    await setClock(db, '2027-02-28T23:30:00Z')
    expect(await releaseDue(deps)).toBe(0)
  })

  test.each([
    ['2027-02-20', 'date-is-today'],
    ['2027-01-01', 'date-in-past'],
    ['nonsense', 'date-invalid'],
    ['2029-01-01', 'date-too-far'],
  ])('to %s is refused with %s and changes nothing', async (releaseOn, code) => {
    const scene = await createReleaseScene(app)
    const release = await scheduled(scene)
    const answer = await scene.manager.call('PATCH', `/releases/${release.id}`, { body: { releaseOn } })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().code).toBe(code)
    expect((await scene.manager.call('GET', `/releases/${release.id}`)).json().releaseOn).toBe('2027-03-01')
  })
})

describe('change versions', () => {
  test('replaces the scheduled release and keeps its request id; who applied the old one stays on it (D-2, D-3)', async () => {
    const scene = await createReleaseScene(app)
    const early = await addCustomer(app, scene)
    const other = await addCustomer(app, scene)
    const old = await scheduled(scene)
    await applyEarly(scene, early, old.id)

    const answer = await scene.manager.call('POST', `/releases/${old.id}/replacement`, {
      body: releaseBody(scene, [2, 1], '2027-03-01'),
    })
    expect(answer.statusCode, answer.body).toBe(201)
    const fresh = answer.json()
    expect(fresh).toMatchObject({ status: 'SCHEDULED', requestId: old.requestId, sequence: 3 })
    expect(await db.release.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({
      status: 'SUPERSEDED',
      supersededById: fresh.id,
    })
    expect(await attachmentsOf(app, early.accountId)).toMatchObject([{ releaseId: old.id, versionNumber: 2 }])

    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect(await attachmentsOf(app, early.accountId)).toMatchObject([
      { releaseId: fresh.id, versionNumber: 3 },
    ])
    expect(await attachmentsOf(app, other.accountId)).toMatchObject([
      { releaseId: fresh.id, versionNumber: 2 },
    ])
  })

  test('of a release that is not scheduled is refused', async () => {
    const scene = await createReleaseScene(app)
    const answer = await scene.manager.call('POST', `/releases/${scene.first.id}/replacement`, {
      body: releaseBody(scene, [2, 1], '2027-03-01'),
    })
    expect(answer.statusCode).toBe(409)
    expect(answer.json().code).toBe('release-already-out')
  })
})

describe('release now', () => {
  test('sends the scheduled release itself out at once', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    const release = await scheduled(scene)
    const answer = await scene.manager.call('POST', `/releases/${release.id}/release-now`)
    expect(answer.json()).toMatchObject({
      id: release.id,
      status: 'SUCCESS',
      timing: 'IMMEDIATE',
      updated: 1,
    })
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([
      { releaseId: release.id, versionNumber: 2 },
    ])
    const again = await scene.manager.call('POST', `/releases/${release.id}/release-now`)
    expect(again.json().code).toBe('release-already-out')
  })
})

describe('cancel', () => {
  test('takes early applies back and gives a reason (D-1)', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    const release = await scheduled(scene)
    await applyEarly(scene, customer, release.id)

    const answer = await scene.manager.call('POST', `/releases/${release.id}/cancellation`, {
      body: { reason: ' ERP is not ready. ' },
    })
    expect(answer.json()).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'ERP is not ready.',
      cancelledByName: 'Test Person',
    })
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([
      { releaseId: scene.first.id, versionNumber: 1, updatedHow: 'WITHDRAWN' },
    ])
    expect(
      await db.installation.findUniqueOrThrow({ where: { id: customer.installation.id } }),
    ).toMatchObject({
      deliveredCount: 1,
      lastDeliveredReleaseId: scene.first.id,
    })
    await setClock(db, '2027-03-02T00:00:00Z')
    expect(await releaseDue(deps)).toBe(0)
  })

  test.each([
    ['', 'cancel-reason-missing'],
    ['   ', 'cancel-reason-missing'],
    ['x'.repeat(501), 'cancel-reason-too-long'],
  ])('with the reason %j is refused with %s', async (reason, code) => {
    const scene = await createReleaseScene(app)
    const release = await scheduled(scene)
    const answer = await scene.manager.call('POST', `/releases/${release.id}/cancellation`, {
      body: { reason },
    })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().code).toBe(code)
  })

  test('gives back the rows that the release would have dropped', async () => {
    const scene = await createReleaseScene(app)
    const body = releaseBody(scene, [1, 1], '2027-03-01')
    const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
      body: { ...body, versions: body.versions.slice(0, 1) },
    })
    const { id } = answer.json<{ id: string }>()
    expect(await db.packItem.count({ where: { packId: scene.pack.id, leavesWithReleaseId: id } })).toBe(1)
    await scene.manager.call('POST', `/releases/${id}/cancellation`, { body: { reason: 'No.' } })
    expect(await db.packItem.count({ where: { packId: scene.pack.id, leavesWithReleaseId: null } })).toBe(2)
  })
})

describe('who may change a release', () => {
  const changes = [
    ['PATCH', '', { releaseOn: '2027-03-05' }],
    ['POST', '/release-now', undefined],
    ['POST', '/cancellation', { reason: 'No.' }],
    ['POST', '/try-again', undefined],
  ] as const

  test.each(changes)(
    '%s …%s needs the privilege, and the release must be of the account',
    async (method, suffix, body) => {
      const scene = await createReleaseScene(app)
      const release = await scheduled(scene)
      const path = `/releases/${release.id}${suffix}`
      const support = await signInAs(app, { accountId: scene.accountId, role: 'support' })
      expect((await support.call(method, path, { body })).statusCode).toBe(403)
      const stranger = await signInAs(app, { accountId: await createAccount(app) })
      expect((await stranger.call(method, path, { body })).statusCode).toBe(404)
      expect((await scene.manager.call('GET', `/releases/${release.id}`)).json().status).toBe('SCHEDULED')
    },
  )

  test.each(changes.slice(0, 3))(
    '%s …%s on an older state of the pack is refused with 412',
    async (method, suffix, body) => {
      const scene = await createReleaseScene(app)
      const release = await scheduled(scene)
      const answer = await scene.manager.call(method, `/releases/${release.id}${suffix}`, {
        body,
        headers: { 'if-match': '"1"' },
      })
      expect(answer.statusCode).toBe(412)
    },
  )
})
