import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount, tirelessCaller } from '../people.ts'
import { examplesFor } from '../platform-api/contract-requests.ts'
import { createScript } from '../platform-api/platform-caller.ts'
import { publicOperations } from '../platform-api/public-description.ts'
import { nameOf, ofWorld, probeOf, type Probe, routesOf } from '../route-probes.ts'
import { createTestApp } from '../test-app.ts'
import { watchStatements } from '../watched-statements.ts'
import { createWorld } from '../world.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const world = await createWorld(app, accountId)
const call = tirelessCaller(app, world.admin)
const script = await createScript(app, { accountId })
const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())

/** Stands in everything that is sent, and never in what is sent on to the database as part of a statement. */
const marker = 'zqinjected'
/** One that ends whatever quotes there are, and one that passes for a name. */
const payloads = [`${marker}'";$$;\\' or true; select pg_sleep(9); --%_`, marker]

const { watched, stop } = watchStatements()
afterAll(stop)
let statements: string[] = []
beforeEach(() => {
  statements = []
  watched.rewrite = (text) => {
    if (text.includes(marker)) statements.push(text)
    return text
  }
})

/** The same value with the payload in place of each text in it, one at a time. */
function* withPayload(value: unknown, payload: string): Generator {
  if (typeof value === 'string') yield payload
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value))
    for (const changed of withPayload(one, payload))
      yield Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }
}

/** Everything of a request that a caller writes, with the payload in each place by itself. */
function* attacksOn({ path, query, body }: Probe, parameters: readonly string[], payload: string) {
  for (const part of path.match(/(?<=\/)[0-9a-f-]{36}|(?<=\/)account-\w+/g) ?? [])
    yield { path: path.replace(part, encodeURIComponent(payload)), query, body }
  for (const name of parameters) yield { path, query: { ...query, [name]: payload }, body }
  for (const changed of withPayload(body, payload)) yield { path, query, body: changed }
}

describe('13 no text of a request is read as SQL', () => {
  test.each(routes.map((route) => [nameOf(route), route] as const))('%s', async (_name, route) => {
    const probe = probeOf(route, ofWorld(world), world.email)
    const parameters = route.operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
    for (const payload of payloads) {
      for (const { path, query, body } of attacksOn(probe, parameters, payload)) {
        const answer = await call(probe.method, path, {
          query,
          ...(body !== undefined && { body }),
        })
        expect(answer.statusCode, `${path} ${JSON.stringify({ query, body })}`).toBeLessThan(500)
      }
    }
    expect(statements).toEqual([])
  })

  test('nor one of its headers', async () => {
    for (const payload of payloads) {
      for (const name of ['user-agent', 'accept-language', 'idempotency-key', 'x-request-id', 'if-match']) {
        const body = { firstName: 'Ada' }
        const answer = await call('PATCH', '/user', { body, headers: { [name]: payload } })
        expect(answer.statusCode, name).toBeLessThan(500)
      }
    }
    expect(statements).toEqual([])
  })

  const ofPlatform = publicOperations.map((one) => [`${one.object} ${one.operation}`, one] as const)
  test.each(ofPlatform)('nor of one to the Platform API: %s', async (_name, operation) => {
    for (const payload of payloads) {
      const path = operation.path.replace(/\{\w+\}/, encodeURIComponent(payload))
      const bodies = examplesFor(operation, 'json').flatMap((body) => [...withPayload(body, payload)])
      for (const body of bodies.length > 0 ? bodies : [undefined]) {
        const answer = await script.send(operation.method, path, { ...(body !== undefined && { body }) })
        expect(answer.statusCode, JSON.stringify(body)).toBeLessThan(500)
      }
    }
    expect(statements).toEqual([])
  })

  test('and a statement put together from text would be found', async () => {
    await app.db.$queryRawUnsafe(`select '${marker}'`)
    expect(statements).toHaveLength(1)
    expect(await app.db.user.count()).toBeGreaterThan(0)
  })
})

describe('12 no parameter reaches another column', () => {
  const secrets = ['passwordHash', 'tokenHash', 'secret', 'credentialHash', 'accountId; --']
  const choosing = routes.flatMap((route) =>
    route.operation.parameters
      .filter(({ name }) => /^(sort|order|by|direction|status|state|fields?)$/i.test(name))
      .map(({ name }) => [`${nameOf(route)} ?${name}`, route, name] as const),
  )

  test.each(choosing)('%s', async (_name, route, parameter) => {
    const { method, path, query } = probeOf(route, ofWorld(world), world.email)
    const send = (more: Record<string, string>) => call(method, path, { query: { ...query, ...more } })
    const plain = await send({})
    expect(plain.statusCode, plain.body).toBe(200)
    for (const name of secrets) expect((await send({ [parameter]: name })).statusCode, name).toBe(400)
  })

  test('and one that a route does not have changes nothing', async () => {
    const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes('{'))
    const answer = async (path: string, query: Record<string, string>) =>
      (await call('GET', path, { query })).body.replaceAll(
        /"requestId":"[^"]*"|\d{4}-\d\d-\d\dT[\d:.]+Z|"offsetMillis":-?\d+/g,
        '',
      )
    for (const { path } of lists.filter(({ path: one }) => one !== '/changes')) {
      const more = { select: 'passwordHash', include: 'users', where: '{"accountId":{"not":"x"}}' }
      expect(await answer(path, more), path).toBe(await answer(path, {}))
    }
  })

  const queries = publicOperations.filter(({ operation }) => operation === 'QUERY')
  test.each(queries.map((one) => [one.object, one] as const))('filter of %s', async (_object, { path }) => {
    for (const property of [...secrets, 'o.key', 'User.passwordHash', 'constructor', '__proto__']) {
      const expression = { operator: 'LIKE', property, argument: ['%'] }
      const answer = await script.send('POST', path, { body: { QueryFilter: { expression } } })
      expect(answer.statusCode, property).toBe(400)
    }
    expect((await script.send('POST', path)).statusCode).toBe(200)
  })
})
