import type {
  AvailablePack,
  AvailablePackDetails,
  InstallationView,
} from '@packline/contract/installations.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { describe, expect, test } from 'vitest'
import { createConsumer, createPlace, deliveriesIn, deployedIn, install } from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createReleaseScene, packageOf, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app

async function scenes(type: 'SINGLE' | 'MULTI' = 'SINGLE') {
  const scene = await createReleaseScene(app, { type })
  return { scene, consumer: await createConsumer(app, scene) }
}
const browse = async (call: Awaited<ReturnType<typeof scenes>>['consumer']['call'], filter?: string) =>
  (await call('GET', '/browse/integration-packs', filter === undefined ? {} : { query: { filter } })).json<
    AvailablePack[]
  >()

describe('Browse Integration Packs', () => {
  test('R-46, R-49, R-50 lists what is shared with the account and released, of others', async () => {
    const { scene, consumer } = await scenes()
    const other = await db.integrationPack.create({
      data: { accountId: scene.accountId, name: 'Not shared', type: 'SINGLE' },
    })
    await createReleaseOf(app, other.id, { content: [packageOf(scene.orders, 0)] })
    const unreleased = await db.integrationPack.create({
      data: {
        accountId: scene.accountId,
        name: 'Not released',
        type: 'SINGLE',
        groups: { create: { groupId: consumer.group.id } },
      },
    })
    await createReleaseOf(app, unreleased.id, {
      status: 'SCHEDULED',
      timing: 'DATED',
      dueAt: new Date('2028-05-01T22:00:00Z'),
      content: [packageOf(scene.orders, 0)],
    })
    const publisher = await db.account.findUniqueOrThrow({ where: { id: scene.accountId } })

    expect(await browse(consumer.call)).toEqual([
      {
        id: scene.pack.id,
        name: 'Order to Cash',
        type: 'SINGLE',
        publisherName: publisher.name,
        description: '',
        packageCount: 2,
        installations: [],
        install: { kind: 'allowed' },
      },
    ])
    const own = await signInAs(app, { accountId: scene.accountId })
    expect(await browse(own.call)).toEqual([])
  })

  test('filters by a part of the name, taken literally', async () => {
    const { consumer } = await scenes()
    expect(await browse(consumer.call, 'TO ca')).toHaveLength(1)
    expect(await browse(consumer.call, '%')).toHaveLength(0)
  })

  test('shows what is inside, the notes, what is pending and where it could be attached', async () => {
    const { scene, consumer } = await scenes('MULTI')
    await db.release.update({ where: { id: scene.first.id }, data: { notes: 'The first one.' } })
    const pendingId = await scheduleRelease(scene)
    const place = await createPlace(app, consumer.accountId, { name: 'East' })
    await install(consumer, scene.pack.id)

    const answer = await consumer.call('GET', `/browse/integration-packs/${scene.pack.id}`)
    expect(answer.json<AvailablePackDetails>()).toMatchObject({
      name: 'Order to Cash',
      proposedName: 'Order to Cash 2',
      current: {
        id: scene.first.id,
        notes: 'The first one.',
        releasedAt: expect.any(String),
        components: [
          { componentName: 'Invoice sync', version: '1.0' },
          { componentName: 'Orders to ERP', version: '1.0' },
        ],
      },
      pending: { id: pendingId, releaseOn: '2027-03-01', timeZone: 'Europe/Berlin', releasedAt: null },
      environments: [{ environmentId: place.id, environmentName: 'East', atomCount: 1 }],
    })
    expect(answer.body).not.toContain('requestId')
    expect(answer.body).not.toContain('scheduledByName')
  })

  test('D-8 a Single Attachment pack is listed as installed, with the reason', async () => {
    const { scene, consumer } = await scenes()
    const { id } = await install(consumer, scene.pack.id)
    expect(await browse(consumer.call)).toMatchObject([
      {
        installations: [{ id, name: 'Order to Cash' }],
        install: { kind: 'refused', reason: 'already-installed', message: expect.stringMatching(/once/) },
      },
    ])
  })

  test('of an account that no group connects with the pack: as if there were none', async () => {
    const { scene } = await scenes()
    const stranger = await signInAs(app, { accountId: await createAccount(app) })
    const answer = await stranger.call('GET', `/browse/integration-packs/${scene.pack.id}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('Order to Cash')
  })
})

describe('installing', () => {
  test('R-56, D-7 takes the current release as version 1, also during a testing period, and offers the pending one', async () => {
    const { scene, consumer } = await scenes()
    const pendingId = await scheduleRelease(scene)
    const place = await createPlace(app, consumer.accountId, { nodes: 2 })
    const view = await install(consumer, scene.pack.id, [place.id])

    expect(view).toMatchObject({
      name: 'Order to Cash',
      versionNumber: 1,
      isShared: true,
      installedByName: 'Test Person',
      current: { id: scene.first.id },
      pending: { id: pendingId },
      attached: [
        {
          environmentId: place.id,
          releaseId: scene.first.id,
          state: 'offered',
          versionNumber: 1,
          pendingNumber: 2,
        },
      ],
      unattached: [],
      processes: [
        { name: 'Invoice sync', originalName: 'Invoice sync', wrapperProcessId: null },
        { name: 'Orders to ERP', originalName: 'Orders to ERP', wrapperProcessId: null },
      ],
    })
    expect(await deployedIn(app, place.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    const nodes = place.atoms.flatMap((atom) => atom.nodes.map(({ id }) => id))
    expect(await deliveriesIn(app, place.id)).toEqual(
      nodes.toSorted().map((nodeId) => ({ nodeId, releaseId: scene.first.id, state: 'WAITING' })),
    )
    expect(await findViolations(db)).toEqual([])
  })

  test('is written down in the account’s log, installation and attachments', async () => {
    const { scene, consumer } = await scenes()
    const place = await createPlace(app, consumer.accountId)
    const view = await install(consumer, scene.pack.id, [place.id])
    const entries = await db.auditEntry.findMany({
      where: { accountId: consumer.accountId },
      orderBy: { action: 'desc' },
    })
    expect(entries).toMatchObject([
      {
        action: 'as.ipack.installation ADD',
        objectId: view.id,
        actorId: consumer.operator.userId,
        after: { name: 'Order to Cash', packId: scene.pack.id, releaseId: scene.first.id },
      },
      {
        action: 'as.ipack.attachment ADD',
        objectId: view.attached[0]?.attachmentId,
        before: null,
        after: { installationId: view.id, environmentId: place.id, releaseId: scene.first.id, version: 1 },
      },
    ])
  })

  test('R-53, R-60 Multiple Attachments any number of times, each with names and process ids of its own', async () => {
    const { scene, consumer } = await scenes('MULTI')
    const first = await install(consumer, scene.pack.id)
    const second = await install(consumer, scene.pack.id, [], ' Harbour ')
    expect(first.name).toBe('Order to Cash')
    expect(second.processes.map(({ name }) => name)).toEqual([
      'Harbour - Invoice sync',
      'Harbour - Orders to ERP',
    ])
    const ids = [...first.processes, ...second.processes].map(({ wrapperProcessId }) => wrapperProcessId)
    expect(new Set(ids).size).toBe(4)
    expect(ids).not.toContain(null)
    const list = await consumer.call('GET', '/installations')
    expect(list.json()).toMatchObject([
      { id: second.id, name: 'Harbour', attachmentCount: 0 },
      { id: first.id, name: 'Order to Cash' },
    ])
  })

  test('one that goes wrong in the second half leaves nothing behind', async () => {
    const { scene, consumer } = await scenes()
    const foreign = await createPlace(app, await createAccount(app))
    const answer = await consumer.call('POST', '/installations', {
      body: { packId: scene.pack.id, environmentIds: [foreign.id] },
    })
    expect(answer.statusCode).toBe(404)
    expect(answer.json<Problem>().code).toBe('environment-not-found')
    expect(await db.installation.count({ where: { accountId: consumer.accountId } })).toBe(0)
  })

  test('the same request again gets the same answer and installs once', async () => {
    const { scene, consumer } = await scenes('MULTI')
    const request = { body: { packId: scene.pack.id }, headers: { 'idempotency-key': 'install-it-once' } }
    const answers = [
      await consumer.call('POST', '/installations', request),
      await consumer.call('POST', '/installations', request),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201])
    expect(answers[1]?.json()).toEqual(answers[0]?.json())
    expect(await db.installation.count({ where: { accountId: consumer.accountId } })).toBe(1)
  })
})

describe('is refused', () => {
  const refusal = async (call: Awaited<ReturnType<typeof scenes>>['consumer']['call'], body: object) => {
    const answer = await call('POST', '/installations', { body })
    const { code, message } = answer.json<Problem>()
    return { status: answer.statusCode, code, message }
  }

  test('R-53, D-8 a second time for Single Attachment', async () => {
    const { scene, consumer } = await scenes()
    await install(consumer, scene.pack.id)
    expect(await refusal(consumer.call, { packId: scene.pack.id })).toEqual({
      status: 409,
      code: 'already-installed',
      message:
        'This integration pack is installed already. With Single Attachment it is installed once in an account.',
    })
  })

  test('R-55, D-4 once it is no longer shared; an installation stays', async () => {
    const { scene, consumer } = await scenes('MULTI')
    const { id } = await install(consumer, scene.pack.id)
    await db.accountGroupPack.deleteMany({ where: { packId: scene.pack.id } })
    expect(await refusal(consumer.call, { packId: scene.pack.id, name: 'Second' })).toMatchObject({
      status: 404,
      code: 'pack-not-available',
    })
    const view = await consumer.call('GET', `/installations/${id}`)
    expect(view.json<InstallationView>()).toMatchObject({ isShared: false, pending: null })
  })

  test('D-6 before its first release', async () => {
    const { scene, consumer } = await scenes()
    await db.integrationPack.update({ where: { id: scene.pack.id }, data: { currentReleaseId: null } })
    expect(await refusal(consumer.call, { packId: scene.pack.id })).toMatchObject({ status: 404 })
  })

  test.each([
    ['SINGLE', { name: 'Mine' }, 422, 'name-fixed'],
    ['MULTI', { name: 'x'.repeat(256) }, 422, 'name-too-long'],
    ['MULTI', { name: 'HARBOUR' }, 409, 'name-taken'],
  ] as const)('R-54, D-11 %s with %j', async (type, names, status, code) => {
    const { scene, consumer } = await scenes(type)
    if (type === 'MULTI') await install(consumer, scene.pack.id, [], 'Harbour')
    expect(await refusal(consumer.call, { packId: scene.pack.id, ...names })).toMatchObject({ status, code })
  })

  test('malformed', async () => {
    const { consumer } = await scenes()
    expect(await refusal(consumer.call, { packId: 'x' })).toMatchObject({ status: 400 })
    expect(await refusal(consumer.call, {})).toMatchObject({ status: 400 })
  })
})

describe('R-53 under concurrency', () => {
  test('of eight who install a Single Attachment pack at once, one does', async () => {
    const { scene, consumer } = await scenes()
    const { all } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "IntegrationPack" where id = ${scene.pack.id}::uuid for update`
      const calls = Promise.all(
        Array.from({ length: 8 }, () =>
          consumer.call('POST', '/installations', { body: { packId: scene.pack.id } }),
        ),
      )
      await untilSomeoneWaitsForALock(db, 8)
      return { all: calls }
    })
    const statuses = (await all).map(({ statusCode }) => statusCode)
    expect(statuses.toSorted()).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
    expect(await db.installation.count({ where: { accountId: consumer.accountId } })).toBe(1)
  })
})
