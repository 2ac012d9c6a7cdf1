import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { createPackaged } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import {
  addCustomer,
  createReleaseScene,
  packageOf,
  releaseBody,
  scheduleRelease,
} from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app

describe('Select Versions', () => {
  test('preselects latest, else pending, else current, and says how each changes', async () => {
    const scene = await createReleaseScene(app)
    const added = await createPackaged(app, scene.accountId, { name: 'Stock levels', versions: ['1.0'] })
    await db.packItem.create({
      data: { packId: scene.pack.id, componentId: added.id, pendingPackageId: packageOf(added, 0).id },
    })
    const answer = await scene.manager.call('GET', `/integration-packs/${scene.pack.id}/release-draft`)
    expect(answer.json()).toMatchObject({
      packName: 'Order to Cash',
      rows: [
        {
          componentName: 'Invoice sync',
          current: { version: '1.0' },
          selected: { version: '2.0' },
          versionCount: 2,
        },
        {
          componentName: 'Orders to ERP',
          current: { version: '1.0' },
          selected: { version: '3.0' },
          versionCount: 3,
        },
        { componentName: 'Stock levels', current: null, selected: { version: '1.0' } },
      ],
      removed: [],
      replaces: null,
      rollsBackTo: null,
    })
  })

  test('lists apart what consumers will lose', async () => {
    const scene = await createReleaseScene(app)
    await scene.manager.call('DELETE', `/integration-packs/${scene.pack.id}/packages/${scene.invoices.id}`)
    const answer = await scene.manager.call('GET', `/integration-packs/${scene.pack.id}/release-draft`)
    expect(answer.json()).toMatchObject({
      rows: [{ componentName: 'Orders to ERP' }],
      removed: [{ componentName: 'Invoice sync', version: '1.0' }],
    })
  })

  test('rolls back to an earlier release, and changes a scheduled one, with their own versions', async () => {
    const scene = await createReleaseScene(app)
    const path = `/integration-packs/${scene.pack.id}`
    await scene.manager.call('POST', `${path}/releases`, { body: releaseBody(scene, [2, 1]) })
    const back = await scene.manager.call('GET', `${path}/release-draft`, {
      query: { rollBackTo: scene.first.id },
    })
    expect(back.json()).toMatchObject({
      rollsBackTo: { id: scene.first.id, sequence: 1 },
      rows: [
        { componentName: 'Invoice sync', current: { version: '2.0' }, selected: { version: '1.0' } },
        { componentName: 'Orders to ERP', current: { version: '3.0' }, selected: { version: '1.0' } },
      ],
    })
    const added = await createPackaged(app, scene.accountId, { name: 'Stock levels', versions: ['1.0'] })
    await db.packItem.create({
      data: { packId: scene.pack.id, componentId: added.id, pendingPackageId: packageOf(added, 0).id },
    })
    await db.packagedComponent.update({
      where: { id: packageOf(scene.orders, 0).id },
      data: { deletedAt: '2027-02-20T12:00:00Z' },
    })
    const spoiled = await scene.manager.call('GET', `${path}/release-draft`, {
      query: { rollBackTo: scene.first.id },
    })
    expect(spoiled.json()).toMatchObject({
      rows: [{ problem: null }, { componentName: 'Orders to ERP', problem: 'version-deleted' }],
      removed: [],
      dropped: [{ componentName: 'Stock levels', version: '1.0' }],
    })
    await db.packItem.delete({
      where: { packId_componentId: { packId: scene.pack.id, componentId: added.id } },
    })
    const id = await scheduleRelease(scene, '2027-03-01', [1, 1])
    const changed = await scene.manager.call('GET', `${path}/release-draft`, { query: { replaces: id } })
    expect(changed.json()).toMatchObject({
      replaces: id,
      rows: [
        { componentName: 'Invoice sync' },
        { componentName: 'Orders to ERP', selected: { version: '2.0' } },
      ],
    })
    const stale = await scene.manager.call('GET', `${path}/release-draft`, {
      query: { replaces: scene.first.id },
    })
    expect(stale.json().code).toBe('release-not-scheduled')
  })

  test.each(['release-draft', 'release-preview', 'releases'])(
    "…/%s of another account's pack is not there",
    async (route) => {
      const scene = await createReleaseScene(app)
      const stranger = await signInAs(app, { accountId: await createAccount(app) })
      expect((await stranger.call('GET', `/integration-packs/${scene.pack.id}/${route}`)).statusCode).toBe(
        404,
      )
      const support = await signInAs(app, { accountId: scene.accountId, role: 'support' })
      expect((await support.call('GET', `/integration-packs/${scene.pack.id}/${route}`)).statusCode).toBe(403)
    },
  )
})

describe('Select Release Schedule', () => {
  test('says whom each option touches, and how many the pack is no longer shared with', async () => {
    const scene = await createReleaseScene(app)
    await addCustomer(app, scene, 3)
    await addCustomer(app, scene, 1)
    const unshared = await addCustomer(app, scene, 1)
    await db.accountGroupAccount.deleteMany({
      where: { accountId: unshared.accountId, group: { isDefault: false } },
    })
    const answer = await scene.manager.call('GET', `/integration-packs/${scene.pack.id}/release-preview`)
    expect(answer.json()).toEqual({
      installations: 2,
      accounts: 2,
      environments: 4,
      unsharedInstallations: 1,
      isRerelease: true,
      timeZone: 'Europe/Berlin',
      firstDate: '2027-02-21',
      lastDate: '2028-02-20',
      window: null,
      refusal: null,
      busyDays: [],
    })
  })

  test('derives the window on the server and says when the night is not an ordinary one', async () => {
    const scene = await createReleaseScene(app, { timeZone: 'Africa/Cairo' })
    const preview = async (releaseOn: string) =>
      (
        await scene.manager.call('GET', `/integration-packs/${scene.pack.id}/release-preview`, {
          query: { releaseOn },
        })
      ).json()
    expect((await preview('2027-04-30')).window).toEqual({
      start: '2027-04-29T22:00:00Z',
      end: '2027-04-29T23:00:00Z',
      kind: 'midnight-skipped',
    })
    expect(await preview('2027-02-20')).toMatchObject({ window: null, refusal: { code: 'date-is-today' } })
    expect(await preview('2027-02-29')).toMatchObject({ window: null, refusal: { code: 'date-invalid' } })
  })

  test('marks the days on which other packs of the account go out', async () => {
    const scene = await createReleaseScene(app)
    await scheduleRelease(scene, '2027-03-05')
    const other = await db.integrationPack.create({
      data: { accountId: scene.accountId, name: 'Other', type: 'SINGLE' },
    })
    const answer = await scene.manager.call('GET', `/integration-packs/${other.id}/release-preview`)
    expect(answer.json()).toMatchObject({
      busyDays: [{ releaseOn: '2027-03-05', packName: 'Order to Cash' }],
      isRerelease: false,
      installations: 0,
    })
  })
})

describe('history and release page', () => {
  test('list every release with what it changed, and offer to roll back to those that were out', async () => {
    const scene = await createReleaseScene(app)
    const path = `/integration-packs/${scene.pack.id}/releases`
    await scene.manager.call('POST', path, { body: releaseBody(scene, [1, 0]) })
    const id = await scheduleRelease(scene, '2027-03-01', [2, 1])
    const history = (await scene.manager.call('GET', path)).json()
    expect(history).toMatchObject([
      {
        sequence: 3,
        status: 'SCHEDULED',
        canRollBackTo: false,
        changes: [{ kind: 'updated' }, { kind: 'updated' }],
      },
      {
        sequence: 2,
        status: 'SUCCESS',
        canRollBackTo: false,
        changes: [
          {
            componentName: 'Orders to ERP',
            kind: 'updated',
            from: { version: '1.0' },
            to: { version: '2.0' },
          },
        ],
      },
      { sequence: 1, status: 'SUCCESS', canRollBackTo: true },
    ])
    const release = (await scene.manager.call('GET', `/releases/${id}`)).json()
    expect(release).toMatchObject({
      packName: 'Order to Cash',
      previousSequence: 2,
      accounts: 0,
      deliveries: {},
    })
  })

  test('show where a release has arrived and where it is awaited, never a name of another publisher', async () => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene, 2)
    const id = await scheduleRelease(scene)
    const waiting = (await scene.manager.call('GET', `/releases/${id}/targets`)).json()
    expect(waiting).toMatchObject({
      total: 2,
      rows: [{ state: 'waiting', fromNumber: 1, toNumber: null }, { state: 'waiting' }],
    })

    await scene.manager.call('POST', `/releases/${id}/release-now`)
    const arrived = (
      await scene.manager.call('GET', `/releases/${id}/targets`, { query: { pageSize: '1', page: '2' } })
    ).json()
    expect(arrived).toMatchObject({
      total: 2,
      page: 2,
      rows: [
        {
          state: 'updated',
          accountId: customer.accountId,
          fromNumber: 1,
          toNumber: 2,
          appliedAt: expect.any(String),
        },
      ],
    })
    const none = (
      await scene.manager.call('GET', `/releases/${id}/targets`, { query: { search: '%' } })
    ).json()
    expect(none.total).toBe(0)
    const stranger = await signInAs(app, { accountId: await createAccount(app) })
    expect((await stranger.call('GET', `/releases/${id}/targets`)).statusCode).toBe(404)
  })

  test('the calendar entry holds the window in UTC', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    const answer = await scene.manager.call('GET', `/releases/${id}/calendar.ics`)
    expect(answer.headers['content-type']).toContain('text/calendar')
    expect(answer.body).toContain('DTSTART:20270228T230000Z')
    expect(answer.body).toContain('DTEND:20270301T000000Z')
    expect(answer.body).toContain('SUMMARY:Release of Order to Cash')
    expect(answer.body).toContain('Released Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin')
  })

  test('the calendar entry is the same one, newer, after a change of the date, of the versions, and a cancellation', async () => {
    const scene = await createReleaseScene(app)
    const entryOf = async (releaseId: string) => {
      const { body } = await scene.manager.call('GET', `/releases/${releaseId}/calendar.ics`)
      const [, uid] = /^UID:(\S+)/m.exec(body) ?? []
      const [, status] = /^STATUS:(\S+)/m.exec(body) ?? []
      return { uid, status, sequence: Number(/^SEQUENCE:(\d+)/m.exec(body)?.[1]) }
    }
    const id = await scheduleRelease(scene)
    const first = await entryOf(id)
    await setClock(db, '2027-02-20T12:00:01Z')
    await scene.manager.call('PATCH', `/releases/${id}`, { body: { releaseOn: '2027-03-09' } })
    expect(await entryOf(id)).toEqual({ ...first, status: 'CONFIRMED', sequence: first.sequence + 1 })
    await setClock(db, '2027-02-20T12:00:02Z')
    const changed = await scene.manager.call('POST', `/releases/${id}/replacement`, {
      body: releaseBody(scene, [2, 1], '2027-03-10'),
    })
    const next = changed.json().id
    expect(await entryOf(next)).toEqual({ ...first, status: 'CONFIRMED', sequence: first.sequence + 2 })
    await setClock(db, '2027-02-20T12:00:03Z')
    await scene.manager.call('POST', `/releases/${next}/cancellation`, { body: { reason: 'Not ready.' } })
    expect(await entryOf(next)).toEqual({ ...first, status: 'CANCELLED', sequence: first.sequence + 3 })
  })

  test('reading them counts no release as gone out before the clock says so', async () => {
    const scene = await createReleaseScene(app)
    const id = await scheduleRelease(scene)
    await setClock(db, '2027-02-28T23:00:01Z')
    expect((await scene.manager.call('GET', `/releases/${id}`)).json().status).toBe('SCHEDULED')
  })
})
