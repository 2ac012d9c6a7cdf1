import { expect, test } from 'vitest'
import { fingerprintOf } from '../leak-attempt.ts'
import { createAccount, tirelessCaller } from '../people.ts'
import { ofWorld, probeOf, routesOf } from '../route-probes.ts'
import { createTestApp } from '../test-app.ts'
import { createWorld } from '../world.ts'

const app = await createTestApp()
const world = await createWorld(app, await createAccount(app))
const writes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json()).filter(
  ({ method }) => method !== 'GET',
)
const call = tirelessCaller(app, world.admin)

const everything = async () => {
  const { Session: _seen, ...rest } = Object.fromEntries(await fingerprintOf(app.db, world))
  return rest
}

test('17 no write is done by GET or HEAD, whatever header or parameter names another method', async () => {
  const before = await everything()
  for (const route of writes) {
    const { path, query } = probeOf(route, ofWorld(world), 'nobody@example.test')
    const { method } = route
    const headers = { 'x-http-method-override': method, 'x-http-method': method, 'x-method-override': method }
    const read = await call('GET', path, { query: { ...query, _method: method, method }, headers })
    expect(read.statusCode, `${method} ${path}`).toBeLessThan(500)
    const head = await app.app.inject({
      method: 'HEAD',
      url: `/api/v1${path}?_method=${method}`,
      headers: { ...headers, cookie: world.admin.cookie, 'x-packline-request': '1' },
    })
    expect(head.statusCode, `${method} ${path}`).toBeLessThan(500)
  }
  expect(await everything()).toEqual(before)
  expect(writes.length).toBeGreaterThan(60)
})

test('17 nor is a POST turned into something stronger', async () => {
  const before = await everything()
  const { packId, environmentId, componentId } = world.ids
  for (const path of [
    `/integration-packs/${packId}`,
    `/environments/${environmentId}`,
    `/components/${componentId}`,
  ]) {
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const answer = await call('POST', `${path}?_method=DELETE`, { headers: { [name]: 'DELETE' } })
      expect(answer.statusCode).toBe(404)
    }
  }
  expect(await everything()).toEqual(before)

  const renamed = await call('PATCH', '/user', { body: { firstName: 'Changed' } })
  expect(renamed.statusCode).toBe(200)
  expect(await everything()).not.toEqual(before)
})
