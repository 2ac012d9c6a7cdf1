import { describe, expect, test } from 'vitest'
import { fingerprintOf } from './leak-attempt.ts'
import { untilSomeoneWaitsForALock } from './lock-waits.ts'
import { createAccount } from './people.ts'
import { nameOf, ofWorld, probeOf, type Route } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { withoutCondition } from '../write-headers.ts'
import { rowsOf, unsafeRoutes } from './unsafe-routes.ts'
import { createWorld } from './world.ts'

const app = await createTestApp()
const routes = await unsafeRoutes(app)
const world = await createWorld(app, await createAccount(app))

function send(route: Route, headers: Record<string, string>) {
  const { method, path, body } = probeOf(route, ofWorld(world), world.email)
  const payload = route.path.endsWith('/content') ? Buffer.from('other content') : body
  return world.admin.call(method, path, { ...(payload !== undefined && { body: payload }), headers })
}

test('the list names no route that is not there', () => {
  const names = new Set(routes.map(nameOf))
  expect(Object.keys(withoutCondition).filter((name) => !names.has(name))).toEqual([])
})

test('whoever waits for somebody else to finish has an outdated copy then', async () => {
  const { environmentId } = world.ids
  const path = `/environments/${environmentId}`
  const tag = (await world.admin.call('GET', path)).headers['etag'] ?? ''
  const { second } = await app.db.$transaction(async (first) => {
    await first.environment.update({ where: { id: environmentId }, data: { name: 'First' } })
    const waiting = world.admin.call('PATCH', path, {
      body: { name: 'Second' },
      headers: { 'if-match': tag },
    })
    await untilSomeoneWaitsForALock(app.db)
    return { second: waiting }
  })
  const answer = await second
  expect(answer.statusCode).toBe(412)
  expect(answer.json()).toMatchObject({ details: { current: { name: 'First' } } })
})

describe('what was decided on an outdated copy is refused with how it is now, and nothing is changed', () => {
  test.each(rowsOf(routes, withoutCondition))('%s', async (_name, route) => {
    const before = await fingerprintOf(app.db, world)
    const answer = await send(route, { 'if-match': '"outdated"' })
    expect([answer.statusCode, answer.body]).toEqual([412, expect.stringContaining('"current":')])
    expect(answer.json<{ message: string }>().message).toMatch(/^[A-Z].{30,}\.$/)
    expect(answer.headers['etag']).toMatch(/^"[\w.-]+"$/)
    expect(await fingerprintOf(app.db, world)).toEqual(before)
  })
})
