import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { callerOf, createTestApp } from '../test/test-app.ts'
import { hashToken, newToken } from './session-token.ts'

const app = await createTestApp()
const { db } = app
const uuid = '00000000-0000-4000-8000-000000000000'

test('without a session: 401 in the one shape of problems', async () => {
  const response = await callerOf(app.app)('PATCH', '/user', { body: {} })
  expect(response.statusCode).toBe(401)
  expect(response.headers['cache-control']).toBe('no-store')
  expect(response.json()).toEqual({
    code: 'not-signed-in',
    message: 'Your session has ended. Sign in to go on.',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('a stranger is refused before anything of the request is read', async () => {
  const response = await callerOf(app.app)('PATCH', '/user', {
    body: { nonsense: true },
    headers: { 'content-type': 'application/json' },
  })
  expect(response.statusCode).toBe(401)
})

test('the hash of a token opens nothing', async () => {
  const { userId } = await signInAs(app, { accountId: await createAccount(app) })
  const [session] = await db.session.findMany({ where: { userId } })
  const stolen = Buffer.from(session?.tokenHash ?? []).toString('base64url')
  expect((await callerOf(app.app, `packline=${stolen}`)('GET', '/session')).statusCode).toBe(401)
})

test('without a chosen account the user may choose and sign out, nothing else', async () => {
  const { userId } = await signInAs(app, { accountId: await createAccount(app) })
  const token = newToken()
  await db.session.create({
    data: { tokenHash: hashToken(token), userId, expiresAt: new Date('2100-01-01T00:00:00Z') },
  })
  const call = callerOf(app.app, `packline=${token}`)
  expect((await call('GET', '/session')).statusCode).toBe(200)
  const response = await call('PATCH', '/user', { body: {} })
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({
    code: 'account-not-chosen',
    message: 'Choose the account you want to work in first.',
  })
})

test('a membership that was taken away ends the access of running sessions', async () => {
  const accountId = await createAccount(app)
  const person = await signInAs(app, { accountId })
  expect((await person.call('PATCH', '/user', { body: {} })).statusCode).toBe(200)

  await db.membership.deleteMany({ where: { userId: person.userId } })
  const response = await person.call('PATCH', '/user', { body: {} })
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({ code: 'account-not-chosen' })
  expect((await person.call('GET', '/session')).json()).toMatchObject({ account: null, accounts: [] })
  expect((await person.call('PUT', '/session/account', { body: { accountId } })).statusCode).toBe(404)
})

test('a privilege that was taken away is gone with the next request', async () => {
  const accountId = await createAccount(app)
  const person = await signInAs(app, { accountId, privileges: ['integration-pack'] })
  expect((await person.call('GET', '/integration-packs')).statusCode).toBe(200)
  await db.role.updateMany({ where: { accountId }, data: { privileges: ['execute'] } })
  const response = await person.call('GET', '/integration-packs')
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({
    code: 'privilege-missing',
    message: expect.stringContaining('needs the privilege Integration Pack'),
  })
})

test('a privilege of one account gives nothing in another', async () => {
  const [home, other] = [await createAccount(app), await createAccount(app)]
  const person = await signInAs(app, { accountId: home, role: 'administrator' })
  await db.membership.create({
    data: { userId: person.userId, accountId: other, roleId: 'fcb6e474-0ca8-11e2-a477-1231381987a5' },
  })
  expect((await person.call('GET', '/integration-packs')).statusCode).toBe(200)
  await person.call('PUT', '/session/account', { body: { accountId: other } })
  expect((await person.call('GET', '/integration-packs')).statusCode).toBe(403)
})

test('R-2 without the feature the area is absent, whatever the privileges', async () => {
  const accountId = await createAccount(app, { features: [] })
  const person = await signInAs(app, { accountId, role: 'administrator' })
  const response = await person.call('GET', '/integration-packs')
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({
    code: 'feature-off',
    message: expect.stringContaining('"Integration pack management" is not switched on'),
  })
})

test.each(['suspended', 'deleted'] as const)('in a %s account nothing can be done', async (status) => {
  const accountId = await createAccount(app)
  const person = await signInAs(app, { accountId, role: 'administrator' })
  await db.account.update({ where: { id: accountId }, data: { status } })
  const response = await person.call('PATCH', '/user', { body: {} })
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({
    code: 'account-suspended',
    message: `The account Account ${accountId} is ${status}. Ask its publisher.`,
  })
  expect((await person.call('DELETE', '/session')).statusCode).toBe(204)
})

test('who may call a route is decided before its parameters are looked at', async () => {
  const person = await signInAs(app, { accountId: await createAccount(app), role: 'support' })
  for (const id of [uuid, 'not-an-id']) {
    expect((await person.call('GET', `/integration-packs/${id}`)).statusCode).toBe(403)
  }
})

test('a route that does not say who may call it stops the start', async () => {
  const { default: Fastify } = await import('fastify')
  const { guardRoutes } = await import('./gate.ts')
  const server = Fastify()
  guardRoutes(server, app.deps)
  expect(() => server.get('/api/v1/open', () => 'open')).toThrow(
    'GET /api/v1/open does not say who may call it',
  )
})
