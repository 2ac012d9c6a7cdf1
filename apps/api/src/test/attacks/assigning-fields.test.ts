import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fingerprintOf } from '../leak-attempt.ts'
import { createAccount, tirelessCaller } from '../people.ts'
import { nameOf, ofWorld, probeOf, type Probe, routesOf } from '../route-probes.ts'
import { createTestApp } from '../test-app.ts'
import { createWorld } from '../world.ts'

const app = await createTestApp()
const world = await createWorld(app, await createAccount(app))
const victim = await createWorld(app, await createAccount(app))
const untouched = await fingerprintOf(app.db, victim)
const call = tirelessCaller(app, world.admin)
const routes = routesOf((await app.app.inject({ method: 'GET', url: '/api/docs/json' })).json())

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const probes = routes.flatMap((route): [string, Probe & { body: Json }][] => {
  const probe = probeOf(route, ofWorld(world), 'somebody@example.test')
  return isObject(probe.body) ? [[nameOf(route), { ...probe, body: probe.body }]] : []
})

/** What columns are called, and what somebody who knows the product would like to set. */
const wished: Json = {
  state: 'RELEASED',
  status: 'SUCCESS',
  releasedVersion: '9.0',
  accountId: victim.ownId,
  packId: victim.ids.packId,
  eligibleAt: '2020-01-01T00:00:00Z',
  dueAt: '2020-01-01T00:00:00Z',
  createdBy: victim.ids.userId,
  scheduledById: victim.ids.userId,
  passwordHash: 'none',
  version: 1,
  id: randomUUID(),
}

/** Each object within the body once, as the body with one more field in it. */
function* withField(value: unknown, name: string, more: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries())
      for (const changed of withField(one, name, more)) yield value.with(index, changed)
  }
  if (!isObject(value)) return
  if (!Object.hasOwn(value, name)) yield { ...value, [name]: more }
  for (const [key, one] of Object.entries(value))
    for (const changed of withField(one, name, more)) yield { ...value, [key]: changed }
}

/** Each text within the body once, as the body with something else in its place. */
function* withText(value: unknown, instead: unknown): Generator {
  if (typeof value === 'string') yield instead
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries())
      for (const changed of withText(one, instead)) yield value.with(index, changed)
  }
  if (!isObject(value)) return
  for (const [key, one] of Object.entries(value))
    for (const changed of withText(one, instead)) yield { ...value, [key]: changed }
}

const send = ({ method, path, query }: Probe, body: unknown) => call(method, path, { query, body })

/** The answers that did not say that the body is malformed. */
async function accepted(probe: Probe, bodies: Iterable<unknown>): Promise<string[]> {
  const problems = []
  for (const body of bodies) {
    const { statusCode, body: text } = await send(probe, body)
    if (statusCode !== 400 || !text.includes('request-invalid'))
      problems.push(`${statusCode} to ${JSON.stringify(body)}: ${text}`)
  }
  return problems
}

describe('9, 10 a field that is nobody’s to set is refused, wherever it stands', () => {
  test.each(probes)('%s', async (_name, probe) => {
    const bodies = Object.entries(wished)
      // A field that the body really has is judged by its rules instead.
      .filter(([name]) => !JSON.stringify(probe.body).includes(`"${name}":`))
      .flatMap(([name, value]) => [...withField(probe.body, name, value)])
    expect(bodies.length).toBeGreaterThan(4)
    expect(await accepted(probe, bodies)).toEqual([])
  })
})

describe('11 what Prisma or a database would understand is no text', () => {
  const shapes = [
    { contains: '' },
    { not: null },
    { connect: { id: victim.ids.packId } },
    { where: { id: victim.ids.packId } },
    { set: 'x' },
    ['x'],
  ]
  test.each(probes.filter(([, { body }]) => [...withText(body, 1)].length > 0))(
    '%s',
    async (_name, probe) => {
      const bodies = shapes.flatMap((shape) => [...withText(probe.body, shape)])
      expect(await accepted(probe, bodies)).toEqual([])
    },
  )
})

test('nothing of the other account has changed, and the same bodies without all that are well formed', async () => {
  const malformed = []
  for (const [name, probe] of probes) {
    const { statusCode, body } = await send(probe, probe.body)
    if (statusCode === 400 && body.includes('request-invalid')) malformed.push(`${name}: ${body}`)
  }
  expect(malformed).toEqual([])
  expect(await fingerprintOf(app.db, victim)).toEqual(untouched)
  expect(probes.length).toBeGreaterThan(50)
})
