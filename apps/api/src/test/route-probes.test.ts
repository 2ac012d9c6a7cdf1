import { describe, expect, test } from 'vitest'
import { tellsOwnFromNobody } from './leak-attempt.ts'
import { createAccount } from './people.ts'
import { nameOf, type Route, routesOf, slotsOf } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { createWorld } from './world.ts'

const app = await createTestApp()
const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())
const withIds = routes.filter((route) => slotsOf(route).length > 0)

/** Nobody installs what they publish themselves, and nobody is a user of all accounts that theirs manages. */
async function ownWorld({ path }: Route) {
  const world = await createWorld(app, await createAccount(app))
  const packId =
    path.startsWith('/browse/') || path === '/installations' ? world.ids.installedPackId : world.ids.packId
  const accountId = path === '/session/account' ? world.ownId : world.ids.accountId
  return { ...world, ids: { ...world.ids, packId, accountId } }
}

// Else a request that is refused for something else would prove nothing in the sweep for leaks.
describe('each probe comes as far as the id: an own one is answered otherwise than one that nobody has', () => {
  test.each(withIds.map((route) => [nameOf(route), route] as const))('%s', async (_name, route) => {
    expect(await tellsOwnFromNobody({ count: 0 }, route, await ownWorld(route))).toBe(true)
  })
})
