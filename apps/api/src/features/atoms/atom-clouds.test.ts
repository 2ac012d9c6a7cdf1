import type { AddedAtom, AtomView } from '@packline/contract/atoms.ts'
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
    expect((await served.call('GET', path)).json<AtomView>().servedAccounts).toEqual([])
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
