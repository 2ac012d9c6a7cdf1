import { afterAll, describe, expect, test, vi } from 'vitest'
import { growWorld } from './grow-world.ts'
import { createAccount } from './people.ts'
import { createScript } from './platform-api/platform-caller.ts'
import { publicOperations } from './platform-api/public-description.ts'
import { nameOf, readingOf, type Route, routesOf } from './route-probes.ts'
import { createTestApp } from './test-app.ts'
import { watchStatements } from './watched-statements.ts'
import { createWorld } from './world.ts'

const app = await createTestApp()
const { watched, stop } = watchStatements()
afterAll(stop)
// What took long is remembered for a while; where no time passes, nothing does, however slow the machine.
vi.useFakeTimers({ toFake: ['performance'] })
afterAll(() => void vi.useRealTimers())

const world = await createWorld(app, await createAccount(app))
const script = await createScript(app, { accountId: world.ownId })
const [few, many] = [2, 20]

/** Answers with rows of which an account has never more: settings, choices, what somebody may do, two things side by side. */
const fixed = new Set([
  'GET /about',
  'GET /account',
  'GET /invitations/{invitationId}',
  'GET /releases/{releaseId}/calendar.ics',
  'GET /packaged-components/{packageId}/comparison/{otherId}',
  'GET /punctuality',
  'GET /time-zones',
  'GET /user/notice-preferences',
  'GET /webhooks/{webhookId}',
])

type Reading = { name: string; read: () => Promise<{ status: number; text: string }> }

const openApi: unknown = (await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json()
const consoleReadings = routesOf(openApi)
  .filter(({ method, path }) => method === 'GET' && !/content$|^\/events$|single-sign-on/.test(path))
  .map((route): Reading => ({ name: nameOf(route), read: () => readConsole(route) }))

async function readConsole(route: Route) {
  const { path, query } = readingOf(route, world)
  const { statusCode, body } = await world.admin.call('GET', path, { query })
  return { status: statusCode, text: body }
}

const platformReadings = publicOperations
  .filter(({ operation }) => operation === 'QUERY')
  .map(
    ({ object, path }): Reading => ({
      name: `QUERY ${object}`,
      read: async () => {
        const { statusCode, body } = await script.send('POST', path)
        return { status: statusCode, text: body }
      },
    }),
  )
const readings = [...consoleReadings, ...platformReadings]

/** What each answers, and with how many statements; asked once before, for what is remembered from then on. */
async function readAll() {
  const answers = new Map<string, { status: number; rows: number; statements: number }>()
  for (const { name, read } of readings) {
    await read()
    const before = watched.count
    const { status, text } = await read()
    answers.set(name, { status, rows: rowsOf(text), statements: watched.count - before })
  }
  return answers
}

/** Of an answer in JSON all that stands in lists, of another one the lines. */
function rowsOf(text: string): number {
  return /^[[{]/.test(text) ? countRows(JSON.parse(text)) : text.split('\n').length
}

function countRows(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? value.length : 0
  return Object.values(value).reduce<number>((sum, one) => sum + countRows(one), own)
}

await growWorld(app.db, world, [1, few])
const before = await readAll()
await growWorld(app.db, world, [few + 1, many])
const after = await readAll()
const lists = readings.filter(({ name }) => (before.get(name)?.rows ?? 0) > 0 && !fixed.has(name))

describe('with ten times as many rows', () => {
  test.each(lists.map(({ name }) => [name] as const))('%s asks the database as often', (name) => {
    const [asked, again] = [before.get(name), after.get(name)]
    expect(asked?.status).toBe(200)
    // Else the number would prove nothing.
    expect(again?.rows).toBeGreaterThan((asked?.rows ?? Infinity) + few)
    expect(again?.statements).toBe(asked?.statements)
  })

  test('so do those that tell one thing or a sum', () => {
    for (const { name } of readings.filter((one) => !lists.includes(one)))
      expect(after.get(name), name).toEqual(before.get(name))
  })
})

test('hardly an answer is without rows, and a query for each of them is found', async () => {
  expect(lists.length).toBeGreaterThan(65)
  const rows = await app.db.integrationPack.findMany({ where: { accountId: world.ownId } })
  const start = watched.count
  for (const { id } of rows) await app.db.packItem.count({ where: { packId: id } })
  expect(watched.count - start).toBe(rows.length)
})
