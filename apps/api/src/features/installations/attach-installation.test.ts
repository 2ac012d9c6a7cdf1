import type { DetachPreview, InstallationView } from '@packline/contract/installations.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import {
  apply,
  createConsumer,
  createPlace,
  deliveriesIn,
  deployedIn,
  install,
  packsOf,
} from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from '../releases/release-due.ts'

const app = await createTestApp()
const { db, deps } = app

async function installed(environments = 2) {
  const scene = await createReleaseScene(app)
  const consumer = await createConsumer(app, scene)
  const places = []
  for (let index = 0; index < environments; index += 1) {
    places.push(await createPlace(app, consumer.accountId, { name: `Place ${index + 1}` }))
  }
  const installation = await install(consumer, scene.pack.id)
  const path = `/installations/${installation.id}`
  const attach = (...environmentIds: string[]) =>
    consumer.call('POST', `${path}/attachments`, { body: { environmentIds } })
  const detach = (...environmentIds: string[]) =>
    consumer.call('POST', `${path}/detachments`, { body: { environmentIds } })
  const [one, two] = places
  if (!one) throw new Error('At least one environment')
  return { scene, consumer, installation, path, attach, detach, one, two: two ?? one, places }
}

describe('attaching', () => {
  test('several at once, and the list boxes change over', async () => {
    const { attach, one, two } = await installed()
    const view = (await attach(one.id, two.id)).json<InstallationView>()
    expect(view.attached.map(({ environmentName, state }) => [environmentName, state])).toEqual([
      ['Place 1', 'on-current'],
      ['Place 2', 'on-current'],
    ])
    expect(view.unattached).toEqual([])
    expect(view.attachmentCount).toBe(2)
    expect(await deployedIn(app, two.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    expect(await findViolations(db)).toEqual([])
  })

  test('R-57 at most once: nothing is attached when one is already', async () => {
    const { attach, one, two, installation } = await installed()
    await attach(one.id)
    const answer = await attach(two.id, one.id)
    expect(answer.statusCode).toBe(409)
    expect(answer.json<Problem>()).toMatchObject({
      code: 'already-attached',
      message: 'It is already attached to Place 1. Nothing was attached: choose other environments.',
      details: { environmentNames: ['Place 1'] },
    })
    expect(await db.attachment.count({ where: { installationId: installation.id } })).toBe(1)
  })

  test('D-4 not once it is un-shared; what is attached runs on and may be detached', async () => {
    const { attach, detach, one, two, scene } = await installed()
    await attach(one.id)
    await db.accountGroupPack.deleteMany({ where: { packId: scene.pack.id } })
    const answer = await attach(two.id)
    expect(answer.statusCode).toBe(409)
    expect(answer.json<Problem>().code).toBe('no-longer-shared')
    expect((await detach(one.id)).json<InstallationView>().attached).toEqual([])
  })

  test('R-73 an environment without Atom is attached as well; there is nobody to deliver to', async () => {
    const { consumer, attach } = await installed()
    const bare = await createPlace(app, consumer.accountId, { atoms: 0 })
    await attach(bare.id)
    expect(await deployedIn(app, bare.id)).toHaveLength(2)
    expect(await deliveriesIn(app, bare.id)).toEqual([])
  })

  test('an environment that is deleted meanwhile is not attached to', async () => {
    const { consumer, attach } = await installed()
    const bare = await createPlace(app, consumer.accountId, { atoms: 0 })
    expect((await consumer.call('DELETE', `/environments/${bare.id}`)).statusCode).toBe(204)
    expect((await attach(bare.id)).statusCode).toBe(404)
  })

  test('needs at least one environment', async () => {
    const { attach } = await installed()
    expect((await attach()).statusCode).toBe(400)
  })
})

describe('detaching', () => {
  test('ends what ran there, and what was still to deliver', async () => {
    const { attach, detach, one, two } = await installed()
    await attach(one.id, two.id)
    const view = (await detach(one.id)).json<InstallationView>()
    expect(view.unattached.map(({ environmentId }) => environmentId)).toEqual([one.id])
    expect(await deployedIn(app, one.id)).toEqual([])
    expect(await deliveriesIn(app, one.id)).toMatchObject([{ state: 'SUPERSEDED' }])
    expect(await findViolations(db)).toEqual([])
  })

  test('is for what is attached, all or nothing', async () => {
    const { attach, detach, one, two, installation, consumer } = await installed()
    await attach(one.id)
    const answer = await detach(one.id, two.id)
    expect(answer.statusCode).toBe(409)
    expect(answer.json<Problem>().code).toBe('not-attached')
    expect(await db.attachment.count({ where: { installationId: installation.id, detachedAt: null } })).toBe(
      1,
    )
    const entries = await db.auditEntry.count({
      where: { accountId: consumer.accountId, action: 'as.ipack.attachment DELETE' },
    })
    expect(entries).toBe(0)
  })

  test('R-59, D-18 what was applied early is lost: warned of, back on the current release, locked until the date', async () => {
    const { scene, consumer, attach, detach, one, two, path } = await installed()
    await attach(one.id, two.id)
    const pendingId = await scheduleRelease(scene)
    await apply(consumer, one.id)

    const preview = await consumer.call('POST', `${path}/detachments/preview`, {
      body: { environmentIds: [one.id, two.id] },
    })
    const { environments } = preview.json<DetachPreview>()
    expect(environments).toMatchObject([
      { environmentName: 'Place 1', versionNumber: 2, warning: expect.stringMatching(/release date/) },
      { environmentName: 'Place 2', versionNumber: 1, warning: null },
    ])

    await detach(one.id)
    await attach(one.id)
    const [row] = (await packsOf(consumer, one.id)).rows
    expect(row).toMatchObject({
      state: 'waits-for-date',
      why: 'reattached',
      sentence: expect.stringMatching(/on Mon 1 Mar 2027 between 00:00 and 01:00 Europe\/Berlin/),
      versionNumber: 1,
      pendingNumber: null,
      running: { id: scene.first.id },
      pending: { id: pendingId },
    })
    expect(await deployedIn(app, one.id)).toEqual(['Invoice sync 1.0', 'Orders to ERP 1.0'])
    expect(await apply(consumer, one.id)).toMatchObject([{ kind: 'refused', reason: 'reattached' }])
    // The same release may still be applied where it was not before.
    expect(await apply(consumer, two.id)).toMatchObject([{ kind: 'applied', toNumber: 2 }])

    await setClock(db, '2027-02-28T23:00:00Z')
    await releaseDue(deps)
    expect((await packsOf(consumer, one.id)).rows).toMatchObject([
      { state: 'on-current', versionNumber: 2, updatedHow: 'AUTOMATIC' },
    ])
    expect(await findViolations(db)).toEqual([])
  })
})

describe('uninstalling', () => {
  test('R-58 detaches first, in this account only, and writes both down', async () => {
    const { scene, consumer, attach, path, one, installation } = await installed()
    await attach(one.id)
    const other = await createConsumer(app, scene)
    const place = await createPlace(app, other.accountId)
    await install(other, scene.pack.id, [place.id])

    expect((await consumer.call('DELETE', path)).statusCode).toBe(204)
    expect((await consumer.call('GET', path)).statusCode).toBe(404)
    expect((await consumer.call('DELETE', path)).statusCode).toBe(404)
    expect(await deployedIn(app, one.id)).toEqual([])
    expect(await deployedIn(app, place.id)).toHaveLength(2)
    expect(await deliveriesIn(app, one.id)).toMatchObject([{ state: 'SUPERSEDED' }])
    expect(await deliveriesIn(app, place.id)).toMatchObject([{ state: 'WAITING' }])
    const entries = await db.auditEntry.findMany({
      where: { accountId: consumer.accountId, action: { endsWith: 'DELETE' } },
      orderBy: { action: 'asc' },
    })
    expect(entries).toMatchObject([
      { action: 'as.ipack.attachment DELETE', before: { environmentId: one.id } },
      { action: 'as.ipack.installation DELETE', objectId: installation.id, before: { version: 1 } },
    ])
    expect(await findViolations(db)).toEqual([])
  })

  test('D-27 installed again it counts from 1', async () => {
    const { scene, consumer, attach, path, one } = await installed()
    await attach(one.id)
    await scheduleRelease(scene)
    await apply(consumer, one.id)
    await consumer.call('DELETE', path)
    const again = await install(consumer, scene.pack.id, [one.id])
    expect(again).toMatchObject({ versionNumber: 1, attached: [{ versionNumber: 1 }] })
  })
})

test('what belongs to another account looks like what does not exist', async () => {
  const { scene, path, one } = await installed()
  const stranger = await createConsumer(app, scene)
  const body = { environmentIds: [one.id] }
  const answers = [
    await stranger.call('GET', path),
    await stranger.call('DELETE', path),
    await stranger.call('POST', `${path}/attachments`, { body }),
    await stranger.call('POST', `${path}/detachments`, { body }),
    await stranger.call('POST', `${path}/detachments/preview`, { body }),
  ]
  for (const answer of answers) {
    expect(answer.statusCode).toBe(404)
    expect(answer.json<Problem>()).toMatchObject({
      code: 'installation-not-found',
      message: 'There is no such installation in this account.',
    })
  }
  expect((await stranger.call('GET', '/installations')).json()).toEqual([])
})
