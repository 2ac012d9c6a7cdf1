import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attemptLeaks, watchRowsOf, wordsOf } from './leak-attempt.ts'
import { createAccount } from './people.ts'
import { nameOf, readingOf, routesOf, slotsOf } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { forgetScope, watchStatements } from './watched-statements.ts'
import { createWorld } from './world.ts'

// What the console would be like if every statement forgot whose data it reads. Without the second wall most of these
// routes leak: the tests of the first one, which run without it, see them caught.
const app = await createTestApp()
const { watched, stop } = watchStatements()
afterAll(stop)
let forgotten = 0
beforeEach(() => {
  watched.rewrite = (text) => {
    const without = forgetScope(text)
    if (without !== text) forgotten += 1
    return without
  }
})
afterEach(() => {
  watched.rewrite = (text) => text
})

const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())
const lists = routes.filter(({ method }) => method === 'GET')
const withIds = routes.filter((route) => slotsOf(route).length > 0)

const primaryId = await createAccount(app)
const other = await createWorld(app, await createAccount(app, { primaryAccountId: primaryId }))

describe.each([
  ['a stranger', await createAccount(app)],
  ['a managed account beside it', await createAccount(app, { primaryAccountId: primaryId })],
])('%s', async (_name, accountId) => {
  const intruder = await createWorld(app, accountId)

  test.each(lists.map((route) => [nameOf(route), route] as const))(
    '%s tells nothing',
    async (_route, route) => {
      const { path, query } = readingOf(route, intruder)
      const { body } = await intruder.admin.call('GET', path, { query })
      expect(wordsOf(other).filter((word) => body.includes(word))).toEqual([])
    },
  )
})

describe('a stranger who knows ids', async () => {
  const intruder = await createWorld(app, await createAccount(app))
  const changedRows = await watchRowsOf(app.db, other)

  test.each(withIds.map((route) => [nameOf(route), route] as const))(
    '%s tells and changes nothing',
    async (_route, route) => {
      const problems = await attemptLeaks({ watched, route, intruder, victim: other, changedRows })
      expect(problems.filter((problem) => /: (tells|changed) /.test(problem))).toEqual([])
    },
  )
})

test('statements were made to forget', () => {
  expect(forgotten).toBeGreaterThan(100)
})
