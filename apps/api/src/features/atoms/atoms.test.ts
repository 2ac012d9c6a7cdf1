import type { AddedAtom, AtomView } from '@packline/contract/atoms.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashToken } from '../../platform/session-token.ts'
import {
  createConsumer,
  createPlace,
  deliveriesIn,
  install,
  type Consumer,
} from '../../test/consumer-scene.ts'
import { findViolations } from '../../test/invariants.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseScene, type ReleaseScene } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
let scene: ReleaseScene
let consumer: Consumer

beforeAll(async () => {
  scene = await createReleaseScene(app)
  consumer = await createConsumer(app, scene)
})

let made = 0
const newName = () => `Atom ${(made += 1)}`
const add = async (body: object = {}) =>
  consumer.call('POST', '/atoms', { body: { name: newName(), ...body } })
const refusalOf = async (answer: ReturnType<Consumer['call']>) => {
  const response = await answer
  return { status: response.statusCode, code: response.json<Problem>().code }
}

describe('adding an Atom', () => {
  test('gives a command with a one-time token of which only the hash is kept', async () => {
    const place = await createPlace(app, consumer.accountId, { atoms: 0, name: 'Here' })
    const answer = await add({ name: ' East 1 ', environmentId: place.id })
    expect(answer.statusCode).toBe(201)
    const { atom, token, command, expiresAt } = answer.json<AddedAtom>()
    expect(atom).toMatchObject({
      name: 'East 1',
      type: 'ATOM',
      status: 'UNKNOWN',
      environmentName: 'Here',
      nodes: [],
      sentence: expect.stringMatching(/^It has never been heard from/),
      tokenExpiresAt: expect.any(String),
    })
    expect(command).toBe(
      `npx --yes pnpm atom -- --url http://localhost:80 --token ${token} --dir ./atoms/east-1`,
    )
    const minutes = Temporal.Instant.from(expiresAt).since('2027-02-20T12:00:00Z').total('minutes')
    expect(minutes).toBeGreaterThan(59)
    const stored = await db.atomInstallToken.findFirstOrThrow({ where: { atomId: atom.id } })
    expect(Buffer.from(stored.tokenHash)).toEqual(hashToken(token ?? ''))
    const entries = await db.auditEntry.findMany({ where: { objectId: atom.id }, orderBy: { action: 'asc' } })
    expect(entries).toMatchObject([
      { action: 'as.atom ADD', after: { name: 'East 1', type: 'ATOM', environmentId: place.id } },
      { action: 'as.atom.token ADD' },
    ])
    expect(JSON.stringify(entries)).not.toContain(token)
  })

  test('a repeated request gets the same Atom, but not the token again', async () => {
    const request = { body: { name: newName() }, headers: { 'idempotency-key': 'add-it-once' } }
    const first = (await consumer.call('POST', '/atoms', request)).json<AddedAtom>()
    const again = (await consumer.call('POST', '/atoms', request)).json<AddedAtom>()
    expect(again).toEqual({ ...first, token: null, command: null })
    expect(await db.idempotencyRecord.count({ where: { key: 'add-it-once' } })).toBe(1)
    const [stored] = await db.idempotencyRecord.findMany({ where: { key: 'add-it-once' } })
    expect(JSON.stringify(stored?.body)).not.toContain(first.token)
  })

  test.each([
    [{ name: ' ' }, 422, 'name-empty'],
    [{ name: 'x'.repeat(256) }, 422, 'name-too-long'],
    [{ name: 'TAKEN' }, 409, 'name-taken'],
    [{ name: 'a', environmentId: '00000000-0000-4000-8000-000000000000' }, 404, 'environment-not-found'],
    [{ name: 'a', type: 'TOASTER' }, 400, 'request-invalid'],
  ])('%j is refused', async (body, status, code) => {
    await db.atom.upsert({
      where: { id: '00000000-0000-4000-8000-00000000000a' },
      create: { id: '00000000-0000-4000-8000-00000000000a', accountId: consumer.accountId, name: 'Taken' },
      update: {},
    })
    expect(await refusalOf(consumer.call('POST', '/atoms', { body }))).toEqual({ status, code })
  })

  test('R-63 Basic support takes one Atom for each environment, also of two who come at once', async () => {
    const basic = await createConsumer(app, scene)
    await db.account.update({ where: { id: basic.accountId }, data: { environmentSupport: 'BASIC' } })
    const place = await createPlace(app, basic.accountId, { atoms: 0 })
    const adding = () => basic.call('POST', '/atoms', { body: { name: newName(), environmentId: place.id } })
    const { both } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Environment" where id = ${place.id}::uuid for update`
      const calls = Promise.all([adding(), adding()])
      await untilSomeoneWaitsForALock(db, 2)
      return { both: calls }
    })
    const answers = await both
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'environment-full',
    })
  })
})

describe('tokens and nodes', () => {
  test('a new token ends the one before of an Atom, not of a Molecule, whose nodes need one each', async () => {
    for (const [type, open] of [
      ['ATOM', 1],
      ['MOLECULE', 2],
    ] as const) {
      const { atom } = (await add({ type })).json<AddedAtom>()
      const answer = await consumer.call('POST', `/atoms/${atom.id}/tokens`)
      expect(answer.statusCode).toBe(201)
      expect(answer.json()).toMatchObject({
        token: expect.stringMatching(/^atom-/),
        command: expect.any(String),
      })
      expect(await db.atomInstallToken.count({ where: { atomId: atom.id } })).toBe(open)
    }
  })

  test('revoking a node ends its credential and its deliveries', async () => {
    const place = await createPlace(app, consumer.accountId, { nodes: 2, type: 'MOLECULE' })
    const [atom] = place.atoms
    const [node] = atom?.nodes ?? []
    const path = `/atoms/${atom?.id}/nodes/${node?.id}`
    expect((await consumer.call('DELETE', path)).statusCode).toBe(204)
    expect(await db.atomNode.count({ where: { atomId: atom?.id ?? '' } })).toBe(1)
    expect(await refusalOf(consumer.call('DELETE', path))).toEqual({ status: 404, code: 'atom-not-found' })
    expect(
      await db.auditEntry.findFirst({ where: { objectId: atom?.id ?? '', action: 'as.atom.node DELETE' } }),
    ).toMatchObject({ before: { nodeId: node?.id, name: node?.name } })
  })
})

describe('moving and removing', () => {
  test('R-63 attaching it elsewhere moves it, and its nodes deliver what runs there', async () => {
    const from = await createPlace(app, consumer.accountId)
    const to = await createPlace(app, consumer.accountId, { atoms: 0 })
    await install(consumer, scene.pack.id, [from.id, to.id])
    const [atom] = from.atoms
    const nodeId = atom?.nodes[0]?.id
    expect(await deliveriesIn(app, from.id)).toMatchObject([{ nodeId, state: 'WAITING' }])

    const moved = await consumer.call('PATCH', `/atoms/${atom?.id}`, { body: { environmentId: to.id } })
    expect(moved.json<AtomView>()).toMatchObject({ environmentId: to.id, environmentName: to.name })
    expect(await deliveriesIn(app, from.id)).toMatchObject([{ nodeId, state: 'SUPERSEDED' }])
    expect(await deliveriesIn(app, to.id)).toMatchObject([{ nodeId, state: 'WAITING' }])

    // And back: what it was relieved of it has to do again.
    await consumer.call('PATCH', `/atoms/${atom?.id}`, { body: { environmentId: from.id } })
    expect(await deliveriesIn(app, from.id)).toMatchObject([{ nodeId, state: 'WAITING' }])
    await consumer.call('PATCH', `/atoms/${atom?.id}`, { body: { environmentId: null } })
    const actions = await db.auditEntry.findMany({
      where: { objectType: 'environment', objectId: { in: [from.id, to.id] } },
      orderBy: { at: 'asc' },
    })
    expect(actions.map(({ action, objectId }) => [action, objectId])).toEqual([
      ['as.environment DETACH', from.id],
      ['as.environment ATTACH', to.id],
      ['as.environment DETACH', to.id],
      ['as.environment ATTACH', from.id],
      ['as.environment DETACH', from.id],
    ])
    expect(await findViolations(db)).toEqual([])
  })

  test('renames; the name of another is refused', async () => {
    const [one, other] = [(await add()).json<AddedAtom>().atom, (await add()).json<AddedAtom>().atom]
    const path = `/atoms/${one.id}`
    expect((await consumer.call('PATCH', path, { body: { name: 'Renamed' } })).json()).toMatchObject({
      name: 'Renamed',
    })
    expect(await refusalOf(consumer.call('PATCH', path, { body: { name: other.name } }))).toEqual({
      status: 409,
      code: 'name-taken',
    })
    expect(await refusalOf(consumer.call('PATCH', path, { body: { name: '' } }))).toMatchObject({
      code: 'name-empty',
    })
  })

  test('removing ends its nodes and tokens; the environment stays', async () => {
    const place = await createPlace(app, consumer.accountId, { nodes: 2 })
    const [atom] = place.atoms
    await consumer.call('POST', `/atoms/${atom?.id}/tokens`)
    expect((await consumer.call('DELETE', `/atoms/${atom?.id}`)).statusCode).toBe(204)
    expect(await db.atomNode.count({ where: { atomId: atom?.id ?? '' } })).toBe(0)
    expect((await consumer.call('GET', `/environments/${place.id}`)).json()).toMatchObject({ atoms: [] })
  })

  test('another account’s Atom looks like none', async () => {
    const stranger = await createConsumer(app, scene)
    const place = await createPlace(app, consumer.accountId, { name: 'Secret place' })
    const [atom] = place.atoms
    const path = `/atoms/${atom?.id}`
    for (const answer of [
      await stranger.call('GET', path),
      await stranger.call('PATCH', path, { body: { name: 'Mine' } }),
      await stranger.call('DELETE', path),
      await stranger.call('POST', `${path}/tokens`),
      await stranger.call('DELETE', `${path}/nodes/${atom?.nodes[0]?.id}`),
    ]) {
      expect(answer.statusCode).toBe(404)
      expect(answer.json<Problem>()).toMatchObject({
        code: 'atom-not-found',
        message: 'There is no such Atom in this account.',
      })
    }
    const own = (await stranger.call('POST', '/atoms', { body: { name: 'Own' } })).json<AddedAtom>().atom
    const into = stranger.call('PATCH', `/atoms/${own.id}`, { body: { environmentId: place.id } })
    expect(await refusalOf(into)).toEqual({ status: 404, code: 'environment-not-found' })
  })
})
