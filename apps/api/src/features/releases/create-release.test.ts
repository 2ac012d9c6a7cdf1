import { describe, expect, test } from 'vitest'
import {
  addCustomer,
  attachmentsOf,
  createReleaseScene,
  packageOf,
  releaseBody,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { lockPack } from '../integration-packs/integration-packs.store.ts'
import { scopeOf } from '../../test/pack-data.ts'

const app = await createTestApp()
const path = (packId: string) => `/integration-packs/${packId}/releases`

describe('releasing immediately', () => {
  test('makes the versions current and updates every attachment before it answers', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene, 2)

    const answer = await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [2, 1]) })

    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.json()).toMatchObject({
      status: 'SUCCESS',
      sequence: 2,
      updated: 2,
      total: 2,
      timing: 'IMMEDIATE',
    })
    const { id } = answer.json()
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([
      { releaseId: id, versionNumber: 2, updatedHow: 'IMMEDIATE' },
      { releaseId: id, versionNumber: 2, updatedHow: 'IMMEDIATE' },
    ])
    const pack = await app.db.integrationPack.findUniqueOrThrow({ where: { id: scene.pack.id } })
    expect(pack.currentReleaseId).toBe(id)
    const targets = await app.db.releaseTarget.findMany({ where: { releaseId: id } })
    expect(targets).toHaveLength(2)
    expect(targets[0]).toMatchObject({ fromReleaseId: scene.first.id, fromNumber: 1, toNumber: 2 })
  })

  test('writes what was done into the audit logs of publisher and managed account', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
    const entries = await app.db.auditEntry.findMany({
      where: { accountId: { in: [scene.accountId, customer.accountId] } },
    })
    expect(entries.map(({ accountId, action }) => [accountId, action])).toEqual(
      expect.arrayContaining([
        [scene.accountId, 'as.ipack.release RELEASE_NOW'],
        [scene.accountId, 'as.ipack.release RELEASE'],
        [customer.accountId, 'as.ipack UPDATE IMMEDIATE'],
      ]),
    )
    expect(entries.find(({ action }) => action.endsWith('RELEASE_NOW'))).toMatchObject({
      actorId: scene.manager.userId,
      objectId: answer.json().id,
    })
  })

  test('an older version is a rollback, and the counter still goes up (R-37)', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [2, 1]) })
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [0, 0]) })
    expect(answer.json()).toMatchObject({ isRollback: true, sequence: 3 })
    expect(answer.json().changes.map(({ kind }: { kind: string }) => kind)).toEqual([
      'rolled-back',
      'rolled-back',
    ])
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([{ versionNumber: 3 }])
  })

  test('ends the testing period: the scheduled release never fires (R-34)', async () => {
    const scene = await createReleaseScene(app)
    const dated = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [1, 1], '2027-03-01'),
    })
    const immediate = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [2, 1]),
    })
    expect(immediate.statusCode).toBe(201)
    const superseded = await app.db.release.findUniqueOrThrow({ where: { id: dated.json().id } })
    expect(superseded).toMatchObject({ status: 'SUPERSEDED', supersededById: immediate.json().id })
  })

  test('leaves out what is not listed and brings back what an earlier release had (R-39, D-5)', async () => {
    const scene = await createReleaseScene(app)
    const only = { ...releaseBody(scene, [1, 1]), versions: releaseBody(scene, [1, 1]).versions.slice(0, 1) }
    await scene.manager.call('POST', path(scene.pack.id), { body: only })
    expect(await app.db.packItem.count({ where: { packId: scene.pack.id } })).toBe(1)

    const back = await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [0, 0]) })
    expect(back.statusCode, back.body).toBe(201)
    expect(await app.db.packItem.count({ where: { packId: scene.pack.id } })).toBe(2)
  })
})

describe('scheduling', () => {
  test('freezes date, zone and content and leaves everybody on the current release (R-32, R-38, R-41)', async () => {
    const scene = await createReleaseScene(app, { timeZone: 'Asia/Kathmandu' })
    const customer = await addCustomer(app, scene)
    const answer = await scene.manager.call('POST', path(scene.pack.id), {
      body: { ...releaseBody(scene, [2, 1], '2027-03-01'), notes: 'Faster **orders**.' },
    })
    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.json()).toMatchObject({
      status: 'SCHEDULED',
      releaseOn: '2027-03-01',
      timeZone: 'Asia/Kathmandu',
      window: { start: '2027-02-28T18:15:00.000Z', end: '2027-02-28T19:15:00.000Z', kind: 'ordinary' },
      notes: 'Faster **orders**.',
      updated: 0,
      total: 1,
    })
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([
      { releaseId: scene.first.id, versionNumber: 1 },
    ])

    await app.db.user.update({ where: { id: scene.manager.userId }, data: { timeZone: 'America/New_York' } })
    const again = await scene.manager.call('GET', `/releases/${answer.json().id}`)
    expect(again.json()).toMatchObject({
      timeZone: 'Asia/Kathmandu',
      window: { start: '2027-02-28T18:15:00.000Z' },
    })
  })

  test('the database itself refuses to change the content of a release', async () => {
    const scene = await createReleaseScene(app)
    await expect(
      app.db.releaseItem.updateMany({
        where: { releaseId: scene.first.id },
        data: { packageId: packageOf(scene.orders, 2).id },
      }),
    ).rejects.toThrow(/cannot be changed/)
  })
})

describe('nothing twice', () => {
  test('fifty identical requests under one key make one release', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    const headers = { 'idempotency-key': 'wizard-draft-0001' }
    const send = () =>
      scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]), headers })
    const answers = await Promise.all(Array.from({ length: 50 }, send))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(await app.db.release.count({ where: { packId: scene.pack.id } })).toBe(2)
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([{ versionNumber: 2 }])
  })

  test('the same key for another request is refused', async () => {
    const scene = await createReleaseScene(app)
    const headers = { 'idempotency-key': 'wizard-draft-0002' }
    await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]), headers })
    const other = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [2, 1]),
      headers,
    })
    expect(other.statusCode).toBe(422)
    expect(other.json().code).toBe('idempotency-key-reused')
  })

  test('a refused request does not use its key up', async () => {
    const scene = await createReleaseScene(app)
    const headers = { 'idempotency-key': 'wizard-draft-0003' }
    const refused = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [1, 1], '2027-02-20'),
      headers,
    })
    expect(refused.statusCode).toBe(422)
    const mended = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [1, 1], '2027-02-22'),
      headers,
    })
    expect(mended.statusCode, mended.body).toBe(201)
  })

  test('a draft of an older state of the pack is refused with 412', async () => {
    const scene = await createReleaseScene(app)
    const draft = await scene.manager.call('GET', `/integration-packs/${scene.pack.id}/release-draft`)
    await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
    const headers = { 'if-match': String(draft.headers.etag) }
    const answer = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [2, 1]),
      headers,
    })
    expect(answer.statusCode).toBe(412)
    expect(answer.json().code).toBe('pack-changed')
  })

  test('of two wizards on one pack the second waits for the first, then is refused', async () => {
    const scene = await createReleaseScene(app)
    const { both } = await app.db.$transaction(async (tx) => {
      await lockPack(tx, scopeOf(scene.accountId), scene.pack.id)
      const first = scene.manager.call('POST', path(scene.pack.id), {
        body: releaseBody(scene, [1, 1], '2027-03-01'),
      })
      await untilSomeoneWaitsForALock(app.db, 1)
      const second = scene.manager.call('POST', path(scene.pack.id), {
        body: releaseBody(scene, [2, 1], '2027-03-02'),
      })
      await untilSomeoneWaitsForALock(app.db, 2)
      return { both: Promise.all([first, second]) }
    })
    const codes = (await both).map(({ statusCode }) => statusCode).sort()
    expect(codes).toEqual([201, 409])
    expect(await app.db.release.count({ where: { packId: scene.pack.id, status: 'SCHEDULED' } })).toBe(1)
  })

  test('a version that is being deleted at this moment is not released', async () => {
    const scene = await createReleaseScene(app)
    const { answered } = await app.db.$transaction(async (tx) => {
      const { id } = packageOf(scene.orders, 1)
      await tx.packagedComponent.update({ where: { id }, data: { deletedAt: '2027-02-20T12:00:00Z' } })
      const releasing = scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
      await untilSomeoneWaitsForALock(app.db)
      return { answered: releasing }
    })
    expect((await answered).json()).toMatchObject({ code: 'version-deleted' })
  })
})
