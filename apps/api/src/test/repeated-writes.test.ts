import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fingerprintOf } from './leak-attempt.ts'
import { addVersion, createPackaged } from './pack-data.ts'
import { createAccount } from './people.ts'
import { nameOf, ofWorld, probeOf, type Route } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { withoutCondition, withoutKey } from '../write-headers.ts'
import { rowsOf, unsafeRoutes } from './unsafe-routes.ts'
import { createWorld, type World } from './world.ts'

const app = await createTestApp()
const { db } = app
const routes = await unsafeRoutes(app)

/** What the account needs besides, so that the route has something to do: other ids, another body or address. */
type Prepared = { ids?: Partial<World['ids']>; body?: object; email?: string }
type Prepare = (world: World) => Promise<Prepared>

const otherPackage: Prepare = async ({ ownId, ids }) => {
  const component = await createPackaged(app, ownId, { name: 'Invoices', versions: ['1.0'] })
  return { ids: { ...ids, componentId: component.id, packageId: component.packages[0]?.id ?? '' } }
}
const thirdVersion: Prepare = async ({ ids: { componentId } }) => {
  const { id: revisionId } = await db.componentRevision.findFirstOrThrow({ where: { componentId } })
  const { id } = await addVersion(app, { id: componentId, revisionId, packages: [] }, '3.0')
  return { ids: { packageId: id } }
}
const withRevision: Prepare = async ({ ids: { componentId } }) => {
  await db.component.update({ where: { id: componentId }, data: { currentRevision: 1 } })
  return {}
}
const afterwards =
  (path: (world: World) => string, body: (world: World) => object): Prepare =>
  async (world) => {
    expect((await world.admin.call('POST', path(world), { body: body(world) })).statusCode).toBe(200)
    return {}
  }

const prepare: Record<string, Prepare> = {
  'DELETE /components/{componentId}': otherPackage,
  'PUT /components/{componentId}/content': withRevision,
  'POST /packaged-components': withRevision,
  'DELETE /packaged-components/{packageId}': otherPackage,
  'POST /packaged-components/{packageId}/restore': async (world) => {
    const prepared = await otherPackage(world)
    await db.packagedComponent.updateMany({
      where: { id: prepared.ids?.packageId ?? '' },
      data: { deletedAt: new Date('2026-05-03T00:00:00Z') },
    })
    return prepared
  },
  'PUT /session/account': async ({ ownId }) => ({ ids: { accountId: ownId } }),
  'PUT /roles/{roleId}': async () => ({
    body: { name: 'Deployers', description: '', parentRoleId: null, privileges: ['execute'] },
  }),
  'DELETE /roles/{roleId}': async ({ ownId }) => {
    const role = await db.role.create({ data: { accountId: ownId, name: 'Nobody', privileges: [] } })
    return { ids: { roleId: role.id } }
  },
  'POST /invitations': async ({ canary }) => ({ email: `new-${canary}@example.test` }),
  'POST /integration-packs/{packId}/releases': thirdVersion,
  'POST /releases/{releaseId}/replacement': thirdVersion,
  'POST /releases/{releaseId}/try-again': async ({ ids: { releaseId } }) => {
    await db.release.update({ where: { id: releaseId }, data: { status: 'ERROR' } })
    return {}
  },
  'POST /releases/{releaseId}/rollout/retry': async ({ ownId, ids }) => {
    const { attachmentId, nodeId, atomId, currentReleaseId: releaseId } = ids
    const changedAt = new Date('2026-05-03T00:00:00Z')
    const node = { attachmentId, nodeId, atomId, accountId: ownId }
    await db.delivery.create({ data: { ...node, releaseId, state: 'FAILED', changedAt } })
    return { ids: { releaseId } }
  },
  'POST /installations': async ({ admin, ids: { installationId, installedPackId } }) => {
    expect((await admin.call('DELETE', `/installations/${installationId}`)).statusCode).toBe(204)
    return { body: { packId: installedPackId } }
  },
  'POST /installations/{installationId}/attachments': async ({ ids: { environmentId } }) => ({
    body: { environmentIds: [environmentId] },
  }),
  'POST /installations/{installationId}/detachments': async ({ ids: { attachmentId } }) => {
    const { environmentId } = await db.attachment.findUniqueOrThrow({ where: { id: attachmentId } })
    return { ids: { environmentId } }
  },
  'DELETE /environments/{environmentId}': async ({ ownId }) => {
    const environment = await db.environment.create({
      data: { accountId: ownId, name: 'Empty', classification: 'TEST' },
    })
    return { ids: { environmentId: environment.id } }
  },
  'POST /user/tokens': async () => ({ body: { name: 'Nightly', lifetimeDays: 7, scopes: null } }),
  'POST /account-groups/{groupId}/account-removals': afterwards(
    ({ ids }) => `/account-groups/${ids.groupId}/accounts`,
    ({ ids }) => ({ accountIds: [ids.accountId] }),
  ),
  'POST /account-groups/{groupId}/users': async ({ admin: { userId, email } }) => {
    await db.user.update({
      where: { id: userId },
      data: { lastSignedInAt: new Date('2026-05-03T00:00:00Z') },
    })
    return { email }
  },
  'POST /account-groups/{groupId}/pack-removals': afterwards(
    ({ ids }) => `/account-groups/${ids.groupId}/integration-packs`,
    ({ ids }) => ({ packIds: [ids.packId] }),
  ),
}

type Sent = { path: string; body: unknown }

/** The request, and one that differs from it in its body where it has one, else in its address. */
async function requestsOf(route: Route, world: World): Promise<{ first: Sent; other: Sent }> {
  const { ids = {}, body: ownBody, email = world.email } = (await prepare[nameOf(route)]?.(world)) ?? {}
  const own = ofWorld({ ...world, ids: { ...world.ids, ...ids } })
  const { path, body } = probeOf(route, own, email)
  if (route.path.endsWith('/content')) {
    return { first: { path, body: Buffer.from('first') }, other: { path, body: Buffer.from('other') } }
  }
  const elsewhere = probeOf(
    route,
    (slot) => (slot.place === 'body' ? randomUUID() : own(slot)),
    'somebody@else.test',
    'other text',
  )
  if (ownBody) return { first: { path, body: ownBody }, other: { path: `${path}?other=1`, body: ownBody } }
  const isSame = JSON.stringify(body) === JSON.stringify(elsewhere.body)
  const first = { path, body }
  return { first, other: isSame ? { path: `${path}?other=1`, body } : { path, body: elsewhere.body } }
}

describe('under one key a request is carried out once and answered alike, and no other request', () => {
  test.each(rowsOf(routes, withoutKey))('%s', async (_name, route) => {
    const world = await createWorld(app, await createAccount(app))
    const { first, other } = await requestsOf(route, world)
    const key = randomUUID()
    const send = ({ path, body }: Sent, headers: Record<string, string> = {}) =>
      world.admin.call(route.method, path, {
        ...(body !== undefined && { body }),
        headers: { 'idempotency-key': key, ...headers },
      })

    const refusedFirst =
      nameOf(route) in withoutCondition ? undefined : await send(first, { 'if-match': '"outdated"' })
    expect(refusedFirst?.statusCode ?? 412).toBe(412)
    // With the tag that the refusal came with it goes on, under the same key, as nothing was done under it.
    const tag = refusedFirst?.headers['etag']
    const answer = await send(first, tag === undefined ? {} : { 'if-match': tag })
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    const after = await fingerprintOf(db, world)
    const again = await send(first)
    expect([again.statusCode, withoutSecrets(again.body)]).toEqual([
      answer.statusCode,
      withoutSecrets(answer.body),
    ])
    expect(again.headers['etag']).toBe(answer.headers['etag'])

    const refused = await send(other)
    expect([refused.statusCode, refused.body]).toEqual([
      422,
      expect.stringContaining('idempotency-key-reused'),
    ])
    expect(await fingerprintOf(db, world)).toEqual(after)
  })
})

/** What is shown once is not shown again. */
const withoutSecrets = (body: string) =>
  body.replaceAll(/"(secret|token|link|command)":("[^"]*"|null)/g, '"$1":null')
