import type { AddedAtom, AtomView, ServableAccounts } from '@packline/contract/atoms.ts'
import type { EnvironmentList } from '@packline/contract/environments.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createConsumer,
  createPlace,
  deliveriesIn,
  install,
  type Consumer,
} from '../../test/consumer-scene.ts'
import { signInAs } from '../../test/people.ts'
import { createReleaseScene, type ReleaseScene } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
let scene: ReleaseScene

beforeAll(async () => {
  scene = await createReleaseScene(app)
})

const refusalOf = async (answer: ReturnType<Consumer['call']>) => {
  const response = await answer
  return { status: response.statusCode, code: response.json<Problem>().code }
}

describe('an Atom Cloud serves several accounts', () => {
  async function cloud() {
    const owner = await createConsumer(app, scene)
    const { atoms } = await createPlace(app, owner.accountId, { type: 'CLOUD', name: 'Cloud place' })
    const served = await createConsumer(app, scene)
    const atomId = atoms[0]?.id ?? ''
    await db.cloudAccount.create({ data: { atomId, accountId: served.accountId } })
    return { owner, served, atomId, path: `/atoms/${atomId}` }
  }

  test('it can be attached to an environment of each, and what each runs goes to its nodes', async () => {
    const { served, path } = await cloud()
    const place = await createPlace(app, served.accountId, { atoms: 0, name: 'Served' })
    await install(served, scene.pack.id, [place.id])
    const view = (await served.call('PATCH', path, { body: { environmentId: place.id } })).json<AtomView>()
    expect(view).toMatchObject({
      name: 'Cloud place 1',
      isForeignCloud: true,
      environmentName: 'Served',
      status: 'ONLINE',
      nodes: [],
      createdByName: '',
    })
    expect(await deliveriesIn(app, place.id)).toMatchObject([{ state: 'WAITING' }])
    expect((await served.call('GET', '/environments')).json<EnvironmentList>().environments).toMatchObject([
      { name: 'Served', atoms: [{ isForeignCloud: true }] },
    ])
  })

  test('its owner chooses the accounts; one that it no longer serves loses it from its environment', async () => {
    const { owner, served, atomId, path } = await cloud()
    const { call } = await signInAs(app, { accountId: owner.accountId, privileges: ['cloud-management'] })
    const serve = (...accountIds: string[]) => call('PUT', `${path}/accounts`, { body: { accountIds } })
    const managed = await createConsumer(app, scene)
    const place = await createPlace(app, served.accountId, { atoms: 0 })
    await install(served, scene.pack.id, [place.id])
    await db.account.updateMany({
      where: { id: { in: [managed.accountId, served.accountId] } },
      data: { primaryAccountId: owner.accountId },
    })
    await served.call('PATCH', path, { body: { environmentId: place.id } })

    expect((await serve(served.accountId, managed.accountId)).json<AtomView>().servedAccounts).toHaveLength(2)
    expect((await served.call('GET', path)).json<AtomView>()).not.toHaveProperty('servedAccounts')
    expect((await serve(managed.accountId)).json<AtomView>().servedAccounts).toMatchObject([
      { id: managed.accountId },
    ])
    expect((await served.call('GET', path)).statusCode).toBe(404)
    expect(await deliveriesIn(app, place.id)).toMatchObject([{ state: 'SUPERSEDED' }])
    expect(
      await db.auditEntry.findFirst({
        where: { accountId: served.accountId, action: 'as.environment DETACH' },
      }),
    ).toMatchObject({ objectId: place.id, before: { atomId } })

    const stranger = await createConsumer(app, scene)
    expect(await refusalOf(serve(stranger.accountId))).toEqual({ status: 422, code: 'account-not-managed' })
    const plain = (await owner.call('POST', '/atoms', { body: { name: 'Plain' } })).json<AddedAtom>().atom
    expect(plain).not.toHaveProperty('servedAccounts')
    const body = { accountIds: [managed.accountId] }
    expect(await refusalOf(call('PUT', `/atoms/${plain.id}/accounts`, { body }))).toEqual({
      status: 409,
      code: 'not-a-cloud',
    })
    const foreign = await signInAs(app, { accountId: managed.accountId, privileges: ['cloud-management'] })
    expect(await refusalOf(foreign.call('PUT', `${path}/accounts`, { body }))).toEqual({
      status: 409,
      code: 'cloud-of-another-account',
    })
  })

  test('its owner finds the accounts it manages by name or id, and nobody else’s', async () => {
    const { owner, served, path } = await cloud()
    const { call } = await signInAs(app, { accountId: owner.accountId, privileges: ['cloud-management'] })
    const find = async (search?: string) =>
      (
        await call('GET', `${path}/accounts`, { query: search === undefined ? {} : { search } })
      ).json<ServableAccounts>()
    expect(await find()).toEqual({ accounts: [], isMore: false })

    const names = ['Zebra Foods', 'apple Foods', 'Closed Foods', '100 % Foods']
    const managed = await Promise.all(names.map(() => createConsumer(app, scene)))
    for (const [at, { accountId }] of managed.entries()) {
      const data = { name: names[at] ?? '', primaryAccountId: owner.accountId }
      await db.account.update({ where: { id: accountId }, data })
    }
    await db.account.update({ where: { id: managed[2]?.accountId ?? '' }, data: { status: 'deleted' } })
    const namesOf = async (search?: string) => (await find(search)).accounts.map(({ name }) => name)
    expect(await namesOf()).toEqual(['100 % Foods', 'apple Foods', 'Zebra Foods'])
    expect(await namesOf(' FOOD ')).toEqual(['100 % Foods', 'apple Foods', 'Zebra Foods'])
    expect(await namesOf('0 %')).toEqual(['100 % Foods'])
    expect(await namesOf(managed[0]?.accountId.toUpperCase())).toEqual(['Zebra Foods'])
    // Served already, and managed by the publisher, not by the owner of the Atom Cloud.
    expect(await namesOf(served.accountId)).toEqual([])
    expect(await namesOf('%')).toEqual(['100 % Foods'])

    const many = Array.from({ length: 51 }, (_, at) => ({
      id: `bulk-${owner.accountId}-${at}`.slice(0, 64),
      name: `Bulk ${at}`,
      primaryAccountId: owner.accountId,
    }))
    await db.account.createMany({ data: many })
    const bulk = await find('bulk')
    expect([bulk.accounts.length, bulk.isMore]).toEqual([50, true])

    const plain = (await owner.call('POST', '/atoms', { body: { name: 'Plain too' } })).json<AddedAtom>().atom
    expect(await refusalOf(call('GET', `/atoms/${plain.id}/accounts`))).toEqual({
      status: 409,
      code: 'not-a-cloud',
    })
    const foreign = await signInAs(app, { accountId: served.accountId, privileges: ['cloud-management'] })
    expect(await refusalOf(foreign.call('GET', `${path}/accounts`))).toEqual({
      status: 409,
      code: 'cloud-of-another-account',
    })
    const stranger = await createConsumer(app, scene)
    const stranger2 = await signInAs(app, { accountId: stranger.accountId, privileges: ['cloud-management'] })
    expect(await refusalOf(stranger2.call('GET', `${path}/accounts`))).toMatchObject({ status: 404 })
  })

  test('everything else is its owner’s, and it is not removed while it serves others', async () => {
    const { owner, served, path } = await cloud()
    const refused = { status: 409, code: 'cloud-of-another-account' }
    expect(await refusalOf(served.call('PATCH', path, { body: { name: 'Mine' } }))).toEqual(refused)
    expect(await refusalOf(served.call('DELETE', path))).toEqual(refused)
    expect(await refusalOf(served.call('POST', `${path}/tokens`))).toEqual(refused)
    const node = '00000000-0000-4000-8000-000000000000'
    expect(await refusalOf(served.call('DELETE', `${path}/nodes/${node}`))).toEqual(refused)
    expect(await refusalOf(owner.call('DELETE', path))).toEqual({ status: 409, code: 'cloud-in-use' })
    const places = (await owner.call('GET', '/environments')).json<EnvironmentList>().environments
    expect(places).toMatchObject([{ name: 'Cloud place', atoms: [{ isForeignCloud: false }] }])
  })
})
