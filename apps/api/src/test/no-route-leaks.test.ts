import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Attempt, attemptLeaks, fingerprintOf, watchRowsOf } from './leak-attempt.ts'
import { createAccount } from './people.ts'
import { nameOf, type Route, routesOf, slotsOf } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { forgetScope, watchStatements } from './watched-statements.ts'
import { createWorld, type World } from './world.ts'

// Here the first wall has to stand by itself: what each route asks for.
const app = await createTestApp({ hasSecondWall: false })
const { db } = app
const { watched, stop } = watchStatements()
afterAll(stop)

const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())
const withIds = routes.filter((route) => slotsOf(route).length > 0)

const worldOf = async (options = {}) => createWorld(app, await createAccount(app, options))
const primaryId = await createAccount(app)
const primary = await createWorld(app, primaryId)
const managed = await worldOf({ primaryAccountId: primaryId })
/** The account itself in place of those it manages. */
const itself = (world: World): World => ({ ...world, ids: { ...world.ids, accountId: world.ownId } })
const namesAnAccount = (route: Route) => slotsOf(route).some(({ kind }) => kind === 'accountId')

test('hardly a route is without an id', () => {
  expect(withIds.length).toBeGreaterThan(100)
})

const sibling = () => worldOf({ primaryAccountId: primaryId })
describe.each([
  ['a stranger', () => worldOf(), primary],
  ['a managed account at its primary account', sibling, primary],
  ['a managed account at another one of the same primary account', sibling, managed],
  ['a primary account at what an account it manages has', () => createWorld(app, primaryId), managed],
] as const)('%s', async (_name, come, victim) => {
  const intruder = await come()
  let before: ReadonlyMap<string, string>
  let changedRows: Attempt['changedRows']
  beforeAll(async () => {
    before = await fingerprintOf(db, victim)
    changedRows = await watchRowsOf(db, victim)
  })
  test.each(withIds.map((route) => [nameOf(route), route] as const))('%s', async (_route, route) => {
    expect(await attemptLeaks({ watched, route, intruder, victim, changedRows })).toEqual([])
  })
  test('has changed nothing at all', async () => {
    expect(await fingerprintOf(db, victim)).toEqual(before)
  })
})

describe.each([
  ['a stranger', () => worldOf(), primary],
  ['a managed account', sibling, primary],
  ['another managed account', sibling, managed],
] as const)('%s at the account itself', async (_name, come, world) => {
  const intruder = await come()
  const victim = itself(world)
  const those = withIds.filter(namesAnAccount)
  let changedRows: Attempt['changedRows']
  beforeAll(async () => {
    changedRows = await watchRowsOf(db, victim)
  })
  test.each(those.map((route) => [nameOf(route), route] as const))('%s', async (_route, route) => {
    expect(await attemptLeaks({ watched, route, intruder, victim, changedRows })).toEqual([])
  })
})

describe('a route that forgets whose data it reads is found', async () => {
  const intruder = await worldOf()
  const withParameter = withIds.filter(({ method, path }) => method === 'GET' && path.includes('{'))

  test('in most routes that lead to one thing', async () => {
    const caught = []
    const changedRows = await watchRowsOf(db, primary)
    watched.rewrite = forgetScope
    for (const route of withParameter) {
      const problems = await attemptLeaks({ watched, route, intruder, victim: primary, changedRows })
      if (problems.length > 0) caught.push(nameOf(route))
    }
    watched.rewrite = (text) => text
    expect(caught).toEqual(
      expect.arrayContaining([
        'GET /components/{componentId}',
        'GET /packaged-components/{packageId}',
        'GET /integration-packs/{packId}',
        'GET /releases/{releaseId}',
        'GET /installations/{installationId}',
        'GET /environments/{environmentId}',
        'GET /atoms/{atomId}',
        'GET /accounts/{accountId}',
      ]),
    )
    expect(caught.length).toBeGreaterThan(withParameter.length / 2)
  })
})
