import { afterAll, describe, expect, test, vi } from 'vitest'
import { growWorld } from './grow-world.ts'
import { z } from 'zod'
import { hashToken } from '../platform/session-token.ts'
import { newCredential } from './atoms.ts'
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

/** Where the ids come from that a bulk names, for objects whose own query does not say them as `id`. */
const idsOf: Record<string, { object: string; name: string }> = {
  Account: { object: 'Account', name: 'accountId' },
  AuditLog: { object: 'AuditLog', name: 'documentId' },
  Component: { object: 'PackagedComponent', name: 'componentId' },
  DeployedPackage: { object: 'DeployedPackage', name: 'deploymentId' },
  PackagedComponent: { object: 'PackagedComponent', name: 'packageId' },
  PackagedComponentManifest: { object: 'PackagedComponent', name: 'packageId' },
}
/** Those that no query lists; of processes a script sees the one that runs. */
const unlisted = new Set(['EnvironmentRole', 'Process', 'ReleaseIntegrationPackStatus'])
const bulks = publicOperations.filter(
  ({ operation, object }) => operation === 'BULK' && !unlisted.has(object),
)
const queried = z.object({ result: z.array(z.record(z.string(), z.unknown())) })

describe('for many ids as for one', () => {
  test.each(bulks.map((one) => [one.object, one] as const))(
    'BULK of %s asks as often',
    async (_name, bulk) => {
      const { object, name } = idsOf[bulk.object] ?? { object: bulk.object, name: 'id' }
      const listed = await script.send('POST', `/${object}/query`, { accept: 'json' })
      const ids = [...new Set(queried.parse(listed.json()).result.map((row) => row[name]))]
      expect(ids.length).toBeGreaterThan(few)
      const statementsFor = async (some: readonly unknown[]) => {
        const body = { type: 'GET', request: some.map((id) => ({ id })) }
        const start = watched.count
        const answer = await script.send('POST', bulk.path, { accept: 'json', body })
        const { response } = answer.json<{ response: { statusCode: number }[] }>()
        expect(response.map(({ statusCode }) => statusCode)).toEqual(some.map(() => 200))
        return watched.count - start
      }
      await statementsFor(ids.slice(0, 1))
      expect(await statementsFor(ids)).toBe(await statementsFor(ids.slice(0, 1)))
    },
  )
})

test('an Atom with much to run costs one statement more than one with nothing', async () => {
  // What is fetched has to be named as it is.
  await app.db.$executeRaw`update "Content" set sha256 = encode(sha256(id::text::bytea), 'hex')`
  const idle = await app.db.atom.create({ data: { accountId: world.ownId, name: 'Idle', type: 'ATOM' } })
  const { id: idleId } = await app.db.atomNode.create({ data: { atomId: idle.id, name: 'Idle' } })
  const ask = async (nodeId: string) => {
    const credential = newCredential()
    await app.db.atomNode.update({
      where: { id: nodeId },
      data: { credentialHash: hashToken(credential), lastSeenAt: new Date() },
    })
    const desired = () =>
      app.app.inject({
        method: 'GET',
        url: '/atom/v1/desired?wait=0',
        headers: { authorization: `Bearer ${credential}` },
      })
    await desired()
    const start = watched.count
    const answer = await desired()
    const { deployments } = answer.json<{ deployments: unknown[] }>()
    return { deployments: deployments.length, statements: watched.count - start }
  }
  const nothing = await ask(idleId)
  expect(nothing.deployments).toBe(0)
  const much = await ask(world.ids.nodeId)
  expect(much.deployments).toBeGreaterThan(few)
  // Which reads the packages of all of it.
  expect(much.statements).toBe(nothing.statements + 1)
})

test('hardly an answer is without rows, and a query for each of them is found', async () => {
  expect(lists.length).toBeGreaterThan(65)
  const rows = await app.db.integrationPack.findMany({ where: { accountId: world.ownId } })
  const start = watched.count
  for (const { id } of rows) await app.db.packItem.count({ where: { packId: id } })
  expect(watched.count - start).toBe(rows.length)
})
