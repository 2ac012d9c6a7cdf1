import type { AtomPacks } from '@packline/contract/updates.ts'
import { describe, expect, test } from 'vitest'
import { apply, countTargets, createPlace, packsOf } from '../../test/consumer-scene.ts'
import { createReleaseOf } from '../../test/pack-data.ts'
import { signInAs } from '../../test/people.ts'
import { packageOf } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { startTestingPeriod } from '../../test/testing-period.ts'

const app = await createTestApp()
const { db } = app

describe('View Integration Pack', () => {
  test('shows beside each number the release, its versions and what changes from the one running here', async () => {
    const { scene, consumer, one, installation, pendingId } = await startTestingPeriod(app)
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
          'Version 2 can be applied now. Otherwise it arrives by itself on Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin.',
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
    const { scene, consumer, one } = await startTestingPeriod(app)
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
    const { scene, consumer } = await startTestingPeriod(app)
    const bare = await createPlace(app, consumer.accountId, { atoms: 0 })
    const { id } = (await consumer.call('GET', '/installations')).json<[{ id: string }]>()[0]
    await consumer.call('POST', `/installations/${id}/attachments`, { body: { environmentIds: [bare.id] } })
    const { rows, apply: decision } = await packsOf(consumer, bare.id)
    expect(rows).toMatchObject([{ state: 'waits-for-date', why: 'no-atom', pendingNumber: null }])
    expect(decision).toMatchObject({ kind: 'refused', reason: 'no-atom' })
    expect(await apply(consumer, bare.id)).toMatchObject([{ kind: 'refused', reason: 'no-atom' }])
    expect(await countTargets(app, scene.pack.id)).toBe(0)
  })

  test('R-67 Read Access sees everything and why there is no button', async () => {
    const { consumer, one } = await startTestingPeriod(app)
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
    const { consumer, one } = await startTestingPeriod(app)
    const [atom] = one.atoms
    const found = (await consumer.call('GET', `/atoms/${atom?.id}/integration-packs`)).json<AtomPacks>()
    expect(found).toMatchObject({ atom: { id: atom?.id }, packs: { rows: [{ state: 'offered' }] } })
    const loose = await db.atom.create({ data: { accountId: consumer.accountId, name: 'Loose' } })
    const none = (await consumer.call('GET', `/atoms/${loose.id}/integration-packs`)).json<AtomPacks>()
    expect(none.packs).toBeNull()
  })
})
