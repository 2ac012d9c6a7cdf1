import { rolloutFilter, type RolloutRow, rolloutState } from '@packline/contract/rollout.ts'
import { type DeliveryState, deliveryOfAtom } from '@packline/domain/deliveries/delivery-state.ts'
import { describe, expect, test } from 'vitest'
import { countStatements, scopeOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createReleaseScene } from '../../test/release-scene.ts'
import {
  addAccount,
  createRollout,
  deliverAs,
  everyRow,
  keyOf,
  releaseNext,
  rolloutOf,
  totalsOf,
} from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { findRolledOut, listRollout } from './rollout.views.ts'

const app = await createTestApp()
const { db } = app
const rollout = await createRollout(app)
const { releaseId, nextId, call } = rollout

const tell = (rows: readonly RolloutRow[], accountId?: string) =>
  rows
    .filter((row) => accountId === undefined || row.accountId === accountId)
    .map(({ state }) => state)
    .toSorted()

describe('a release that is out', () => {
  test('D-19 one row for each Atom, in the state its nodes are in', async () => {
    const { rows, next, previous } = await rolloutOf(call, releaseId)
    expect(tell(rows, rollout.orchard.accountId)).toEqual(['active', 'downloading', 'failed'])
    expect(rows.find(({ atomType }) => atomType === 'MOLECULE')).toMatchObject({
      accountName: 'Orchard',
      installationName: 'Order to Cash',
      state: 'downloading',
      nodeCount: 3,
      activeCount: 1,
      how: 'released',
      before: { sequence: 1, number: 1 },
      now: { sequence: 2, number: 2 },
    })
    expect(rows.find(({ state }) => state === 'failed')).toMatchObject({
      cause: 'No space left on the disk.',
      attempts: 1,
    })
    expect({ next, previous }).toEqual({ next: null, previous: null })
  })

  test('an environment without Atom, and an Atom that never registered, are told apart', async () => {
    const { rows } = await rolloutOf(call, releaseId)
    const bare = rows.filter(({ accountId }) => accountId === rollout.bare.accountId)
    expect(tell(bare)).toEqual(['no-atom', 'not-heard-from'])
    expect(bare.find(({ state }) => state === 'no-atom')).toMatchObject({ atomId: null, atomName: null })
    expect(bare.find(({ state }) => state === 'not-heard-from')?.atomName).toMatch(/^Place/)
  })

  test('D-20 a delivery to a suspended account waits, whatever it was doing; what runs there runs', async () => {
    const { rows } = await rolloutOf(call, releaseId)
    expect(tell(rows, rollout.held.accountId)).toEqual(['active', 'suspended'])
  })

  test('what was attached after it went out runs it, too', async () => {
    const { rows } = await rolloutOf(call, releaseId, { account: rollout.late.accountId })
    expect(rows).toMatchObject([{ state: 'waiting', how: 'attached', before: null, now: { sequence: 2 } }])
  })

  test('what has gone on or was detached is superseded; an Atom that still runs it is active', async () => {
    const { rows } = await rolloutOf(call, releaseId, { account: rollout.bluebird.accountId })
    const states = Object.fromEntries(rows.map(({ environmentName, state }) => [environmentName, state]))
    expect(states).toEqual({ Berlin: 'active', Kiel: 'active', Ulm: 'superseded' })
    expect(rows.find(({ environmentName }) => environmentName === 'Kiel')?.now).toEqual({
      sequence: 3,
      number: 3,
    })
    expect(rows.find(({ environmentName }) => environmentName === 'Ulm')?.now).toBeNull()
  })
})

describe('a scheduled release', () => {
  test('is awaited where it is shared, and applied early where somebody did', async () => {
    const { rows } = await rolloutOf(call, nextId)
    expect(rows.filter(({ accountId }) => accountId === rollout.outside.accountId)).toEqual([])
    const early = rows.filter(({ how }) => how === 'applied-early')
    expect(early).toMatchObject([{ environmentName: 'Kiel', state: 'waiting', before: { sequence: 2 } }])
    const others = rows.filter(({ how }) => how !== 'applied-early')
    expect(new Set(tell(others))).toEqual(new Set(['awaiting-release']))
    expect(others[0]).toMatchObject({ how: null, before: null, now: { sequence: 2 }, changedAt: null })
    expect(await totalsOf(call, nextId)).toMatchObject({ appliedEarly: 1, total: rows.length })
  })
})

describe.each([
  ['that is out', releaseId],
  ['that is scheduled', nextId],
  ['that was the first', rollout.scene.first.id],
])('the list of a release %s', (_name, id) => {
  test.each(['1', '2', '3', '50'])(
    'has each row once, in the same order both ways, %s at a time',
    async (pageSize) => {
      const whole = (await rolloutOf(call, id)).rows.map(keyOf)
      expect(new Set(whole).size).toBe(whole.length)
      expect((await everyRow(call, id, { pageSize })).map(keyOf)).toEqual(whole)
      expect((await everyRow(call, id, { pageSize }, 'back')).map(keyOf)).toEqual(whole)
    },
  )

  test.each(rolloutFilter.options)('%s gives those rows of the whole list and no others', async (state) => {
    const { rows } = await rolloutOf(call, id)
    const expected = rows.filter((row) => (state === 'applied-early' ? row.how : row.state) === state)
    expect(await everyRow(call, id, { state, pageSize: '1' })).toEqual(expected)
    expect(await everyRow(call, id, { state, pageSize: '2' }, 'back')).toEqual(expected)
  })

  test('I14 the totals are the numbers of rows', async () => {
    const { rows } = await rolloutOf(call, id)
    const { byState, total } = await totalsOf(call, id)
    for (const state of rolloutState.options) {
      expect([state, byState[state]]).toEqual([state, rows.filter((row) => row.state === state).length])
    }
    expect(total).toBe(rows.length)
  })
})

describe('a search', () => {
  test.each([
    ['an account', 'bluebird', 3],
    ['letters in the middle', 'uebi', 3],
    ['an environment', 'BERLIN', 1],
    ['an Atom', 'kiel 1', 1],
    ['two letters', 'ul', 1],
    ['nothing there', 'nowhere at all', 0],
    ['signs that mean something to the database', '%_%', 0],
  ])('finds %s', async (_name, search, count) => {
    const { rows } = await rolloutOf(call, releaseId, { search })
    expect(rows).toHaveLength(count)
    expect(await everyRow(call, releaseId, { search, pageSize: '1' }, 'back')).toEqual(rows)
  })

  test('finds an account by part of its id, in one state only', async () => {
    const { accountId } = rollout.orchard
    const { rows } = await rolloutOf(call, releaseId, { search: accountId.slice(3).toUpperCase() })
    expect(tell(rows)).toEqual(['active', 'downloading', 'failed'])
    const failed = await rolloutOf(call, releaseId, { search: accountId, state: 'failed' })
    expect(tell(failed.rows)).toEqual(['failed'])
  })

  test('finds an installation that was given a name of its own', async () => {
    const scene = await createReleaseScene(app, { type: 'MULTI' })
    const customer = await addAccount(app, scene)
    await db.installation.updateMany({
      where: { accountId: customer.accountId },
      data: { name: 'Übersee Warehouse nine' },
    })
    for (const search of ['house n', 'üB', 'ÜBER', 'Ü']) {
      const { rows } = await rolloutOf(scene.manager.call, scene.first.id, { search })
      expect(rows, search).toMatchObject([{ installationName: 'Übersee Warehouse nine' }])
    }
  })
})

const all: readonly DeliveryState[] = ['WAITING', 'DOWNLOADING', 'ACTIVE', 'FAILED']
test('a Molecule is where the domain says, whatever its nodes are in', async () => {
  const scene = await createReleaseScene(app)
  const customer = await addAccount(app, scene, [{ type: 'MOLECULE', nodes: 2 }])
  const id = await releaseNext(scene)
  for (const nodes of all.flatMap((one) => all.map((other) => [one, other]))) {
    await deliverAs(app, { environmentId: customer.places[0]?.id ?? '', releaseId: id }, nodes)
    const expected = deliveryOfAtom(nodes)?.toLowerCase()
    const { rows } = await rolloutOf(scene.manager.call, id)
    expect(tell(rows)).toEqual([expected])
    const { byState } = await totalsOf(scene.manager.call, id)
    expect(Object.entries(byState).filter(([, count]) => count > 0)).toEqual([[expected, 1]])
    expect((await rolloutOf(scene.manager.call, id, { state: String(expected) })).rows).toEqual(rows)
  }
})

test('costs three statements, however many rows there are', async () => {
  const counting = countStatements(db)
  const scene = await createReleaseScene(app)
  const read = async () => {
    counting.counter.statements = 0
    const release = await findRolledOut(counting.db, scopeOf(scene.accountId), scene.first.id)
    if (!release) throw new Error('The release is there')
    await listRollout(counting.db, release, { search: 'place', pageSize: 50 })
    return counting.counter.statements
  }
  expect(await read()).toBe(3)
  for (let index = 0; index < 5; index += 1) await addAccount(app, scene, [{}, {}])
  expect(await read()).toBe(3)
})

describe('whose it is', () => {
  const routes = ['rollout', 'rollout/totals', 'rollout.csv']

  test.each(routes)(
    "…/%s is not there for another publisher, nor for the release's customers",
    async (route) => {
      const stranger = await signInAs(app, { accountId: await createAccount(app) })
      const customer = await signInAs(app, { accountId: rollout.bluebird.accountId, role: 'administrator' })
      for (const person of [stranger, customer]) {
        const answer = await person.call('GET', `/releases/${releaseId}/${route}`)
        expect(answer.statusCode).toBe(404)
        expect(answer.json()).toMatchObject({ code: 'release-not-found' })
      }
      const unknown = await call('GET', `/releases/${crypto.randomUUID()}/${route}`)
      expect(unknown.statusCode).toBe(404)
    },
  )

  test.each(routes)('…/%s needs the privilege', async (route) => {
    const support = await signInAs(app, { accountId: rollout.scene.accountId, role: 'support' })
    expect((await support.call('GET', `/releases/${releaseId}/${route}`)).statusCode).toBe(403)
  })
})

test.each([
  [{ state: 'gone' }],
  [{ after: "x' or 1=1 --" }],
  [{ account: '../other' }],
  [{ pageSize: '201' }],
  [{ after: 'a.00000000-0000-0000-0000-000000000000.00000000-0000-0000-0000-000000000000', before: 'b' }],
])('%j is refused', async (query: Record<string, string>) => {
  const answer = await call('GET', `/releases/${releaseId}/rollout`, { query })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'request-invalid' })
})
