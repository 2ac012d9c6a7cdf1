import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { createPackaged } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createReleaseScene, packageOf, releaseBody } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const path = (packId: string) => `/integration-packs/${packId}/releases`

describe('refusals, each with its own reason', () => {
  const refusals: [string, number, (scene: Awaited<ReturnType<typeof createReleaseScene>>) => object][] = [
    ['versions-unchanged', 409, (scene) => releaseBody(scene, [0, 0])],
    ['pack-empty', 422, (scene) => ({ ...releaseBody(scene, [1, 1]), versions: [] })],
    ['date-is-today', 422, (scene) => releaseBody(scene, [1, 1], '2027-02-20')],
    ['date-in-past', 422, (scene) => releaseBody(scene, [1, 1], '2027-02-19')],
    ['date-invalid', 422, (scene) => releaseBody(scene, [1, 1], '2027-02-29')],
    ['date-invalid', 422, (scene) => releaseBody(scene, [1, 1], '2027-03-01T23:00:00Z')],
    ['date-missing', 422, (scene) => releaseBody(scene, [1, 1], '')],
    ['date-too-far', 422, (scene) => releaseBody(scene, [1, 1], '2028-03-26')],
    ['notes-too-long', 422, (scene) => ({ ...releaseBody(scene, [1, 1]), notes: 'x'.repeat(5_001) })],
    [
      'version-not-of-component',
      422,
      (scene) => ({
        ...releaseBody(scene, [1, 1]),
        versions: [{ componentId: scene.orders.id, packageId: packageOf(scene.invoices, 1).id }],
      }),
    ],
    [
      'duplicate-component',
      422,
      (scene) => ({
        ...releaseBody(scene, [1, 1]),
        versions: [0, 1].map((index) => ({
          componentId: scene.orders.id,
          packageId: packageOf(scene.orders, index).id,
        })),
      }),
    ],
    [
      'component-not-in-pack',
      422,
      (scene) => ({
        ...releaseBody(scene, [1, 1]),
        versions: [
          { componentId: '00000000-0000-4000-8000-000000000000', packageId: packageOf(scene.orders, 1).id },
        ],
      }),
    ],
  ]

  test.each(refusals)('%s', async (code, status, bodyOf) => {
    const scene = await createReleaseScene(app)
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body: bodyOf(scene) })
    expect(answer.json()).toMatchObject({
      code,
      requestId: expect.any(String),
      message: expect.stringMatching(/\.$/),
    })
    expect(answer.statusCode).toBe(status)
    expect(await app.db.release.count({ where: { packId: scene.pack.id } })).toBe(1)
  })

  test('a deleted and an unshareable version name the component', async () => {
    const scene = await createReleaseScene(app)
    await app.db.packagedComponent.update({
      where: { id: packageOf(scene.orders, 1).id },
      data: { deletedAt: new Date(0) },
    })
    const deleted = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [1, 1]),
    })
    expect(deleted.json()).toMatchObject({
      code: 'version-deleted',
      message: expect.stringContaining('Orders to ERP'),
    })

    const secret = await createPackaged(app, scene.accountId, {
      name: 'Secret',
      versions: [{ version: '1.0', shareable: false }],
    })
    await app.db.packItem.create({ data: { packId: scene.pack.id, componentId: secret.id } })
    const body = releaseBody(scene, [2, 1])
    const versions = [...body.versions, { componentId: secret.id, packageId: packageOf(secret, 0).id }]
    const unshareable = await scene.manager.call('POST', path(scene.pack.id), { body: { ...body, versions } })
    expect(unshareable.json()).toMatchObject({
      code: 'version-not-shareable',
      message: expect.stringContaining('Secret'),
    })
  })

  test('an API Service that came into a MULTI pack by mistake is not released (R-7)', async () => {
    const scene = await createReleaseScene(app, { type: 'MULTI' })
    const service = await createPackaged(app, scene.accountId, { name: 'Orders API', type: 'webservice' })
    await app.db.packItem.create({ data: { packId: scene.pack.id, componentId: service.id } })
    const body = releaseBody(scene, [1, 1])
    const versions = [...body.versions, { componentId: service.id, packageId: packageOf(service, 0).id }]
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body: { ...body, versions } })
    expect(answer.json()).toMatchObject({
      code: 'api-service-in-multi',
      message: expect.stringContaining('Orders API'),
    })
  })

  test('a second dated release is refused, the first stays (R-33)', async () => {
    const scene = await createReleaseScene(app)
    await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1], '2027-03-01') })
    const second = await scene.manager.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [2, 1], '2027-03-02'),
    })
    expect(second.statusCode).toBe(409)
    expect(second.json().code).toBe('release-already-scheduled')
  })

  test('without a saved time zone no date, but an immediate release (D-14)', async () => {
    const scene = await createReleaseScene(app)
    const newcomer = await signInAs(app, { accountId: scene.accountId, timeZone: null })
    const dated = await newcomer.call('POST', path(scene.pack.id), {
      body: releaseBody(scene, [1, 1], '2027-03-01'),
    })
    expect(dated.json()).toMatchObject({
      code: 'time-zone-missing',
      message: expect.stringContaining('User Information'),
    })
    const immediate = await newcomer.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
    expect(immediate.statusCode).toBe(201)
  })

  test('a body that names fields nobody may set is refused', async () => {
    const scene = await createReleaseScene(app)
    const body = { ...releaseBody(scene, [1, 1]), status: 'SUCCESS', dueAt: '2027-02-21T00:00:00Z' }
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().code).toBe('request-invalid')
  })
})

describe('who may release', () => {
  test('only somebody with the privilege Integration Pack', async () => {
    const scene = await createReleaseScene(app)
    const operator = await signInAs(app, { accountId: scene.accountId, role: 'production-support' })
    const answer = await operator.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({
      code: 'privilege-missing',
      message: expect.stringContaining('Integration Pack'),
    })
  })

  test('whoever loses the privilege between the steps of the wizard is refused at the confirmation', async () => {
    const scene = await createReleaseScene(app)
    const draft = `/integration-packs/${scene.pack.id}/release-draft`
    expect((await scene.manager.call('GET', draft)).statusCode).toBe(200)
    await app.db.membership.updateMany({
      where: { userId: scene.manager.userId },
      data: { roleId: defaultRoleTable['production-support'].id },
    })
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({ code: 'privilege-missing' })
    expect(await app.db.release.count({ where: { packId: scene.pack.id } })).toBe(1)
  })

  test("another account's pack is as unknown as one that never was", async () => {
    const scene = await createReleaseScene(app)
    const stranger = await signInAs(app, { accountId: await createAccount(app) })
    const foreign = await stranger.call('POST', path(scene.pack.id), { body: releaseBody(scene, [1, 1]) })
    const unknown = await stranger.call('POST', path('00000000-0000-4000-8000-000000000000'), {
      body: releaseBody(scene, [1, 1]),
    })
    expect(foreign.statusCode).toBe(404)
    expect({ ...foreign.json(), requestId: '' }).toEqual({ ...unknown.json(), requestId: '' })
  })

  test("another account's package cannot be released", async () => {
    const scene = await createReleaseScene(app)
    const other = await createPackaged(app, await createAccount(app), { name: 'Foreign' })
    const body = {
      ...releaseBody(scene, [1, 1]),
      versions: [{ componentId: scene.orders.id, packageId: packageOf(other, 0).id }],
    }
    const answer = await scene.manager.call('POST', path(scene.pack.id), { body })
    expect(answer.json().code).toBe('version-not-of-component')
    expect(answer.body).not.toContain('Foreign')
  })
})
