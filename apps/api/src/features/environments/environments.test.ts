import type { EnvironmentList, EnvironmentView } from '@packline/contract/environments.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { describe, expect, test } from 'vitest'
import { type Consumer, createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { countStatements, scopeOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createReleaseScene } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listEnvironments } from './environments.views.ts'

const app = await createTestApp()
const { db } = app

async function managed(options: Parameters<typeof createAccount>[1] = {}) {
  const accountId = await createAccount(app, options)
  const { call, userId } = await signInAs(app, { accountId })
  const list = async (query: Record<string, string> = {}) =>
    (await call('GET', '/environments', { query })).json<EnvironmentList>()
  return { accountId, call, userId, list }
}
const problemOf = async (answer: ReturnType<Consumer['call']>) => {
  const response = await answer
  return { status: response.statusCode, ...response.json<Problem>() }
}

describe('the list of environments', () => {
  test('shows them by name with their Atoms, and Atoms that are in none', async () => {
    const { accountId, list } = await managed()
    const east = await createPlace(app, accountId, { name: 'east', atoms: 2, nodes: 2, type: 'MOLECULE' })
    const west = await createPlace(app, accountId, { name: 'West', atoms: 0 })
    const loose = await db.atom.create({ data: { accountId, name: 'Loose' } })
    const [quiet] = east.atoms[1]?.nodes ?? []
    await db.atomNode.update({
      where: { id: quiet?.id ?? '' },
      data: { lastSeenAt: new Date(Date.now() - 91_000) },
    })
    expect(await list()).toEqual({
      environments: [
        {
          id: east.id,
          name: 'east',
          classification: 'PRODUCTION',
          attachmentCount: 0,
          atoms: [
            expect.objectContaining({
              name: 'east 1',
              type: 'MOLECULE',
              status: 'ONLINE',
              nodeCount: 2,
              onlineCount: 2,
            }),
            expect.objectContaining({ name: 'east 2', status: 'WARNING', onlineCount: 1 }),
          ],
        },
        { id: west.id, name: 'West', classification: 'PRODUCTION', attachmentCount: 0, atoms: [] },
      ],
      unattachedAtoms: [
        {
          id: loose.id,
          name: 'Loose',
          type: 'ATOM',
          status: 'UNKNOWN',
          nodeCount: 0,
          onlineCount: 0,
          isForeignCloud: false,
        },
      ],
      total: 2,
      classifications: [
        { classification: 'PRODUCTION', isAllowed: true, message: null },
        { classification: 'TEST', isAllowed: true, message: null },
      ],
    })
  })

  test('filters by the name of an environment or an Atom, and by status', async () => {
    const { accountId, list } = await managed()
    await createPlace(app, accountId, { name: 'East', atoms: 2 })
    const west = await createPlace(app, accountId, { name: 'West', nodes: 0 })
    await createPlace(app, accountId, { name: 'Empty', atoms: 0 })
    const shown = ({ environments }: EnvironmentList) =>
      environments.map(({ name, atoms }) => [name, ...atoms.map((atom) => atom.name)])

    expect(shown(await list({ filter: 'EAST' }))).toEqual([['East', 'East 1', 'East 2']])
    expect(shown(await list({ filter: 'east 2' }))).toEqual([['East', 'East 2']])
    expect(shown(await list({ status: 'UNKNOWN' }))).toEqual([['West', west.atoms[0]?.name]])
    expect(shown(await list({ status: 'ONLINE', filter: 'west' }))).toEqual([])
    expect((await list({ filter: 'nothing' })).total).toBe(3)
  })

  test('D-19 an Atom not heard from for 90 seconds is offline, however the clock of the demo stands', async () => {
    const { accountId, call } = await managed()
    const { atoms } = await createPlace(app, accountId)
    const [node] = atoms[0]?.nodes ?? []
    const seen = async (seconds: number) => {
      await db.atomNode.update({
        where: { id: node?.id ?? '' },
        data: { lastSeenAt: new Date(Date.now() - seconds * 1_000) },
      })
      return (await call('GET', `/atoms/${atoms[0]?.id}`)).json()
    }
    expect(await seen(85)).toMatchObject({ status: 'ONLINE', sentence: 'It is online.' })
    expect(await seen(91)).toMatchObject({
      status: 'OFFLINE',
      sentence: expect.stringMatching(/90 seconds/),
      nodes: [{ status: 'OFFLINE', lastSeenAt: expect.stringMatching(/Z$/) }],
    })
  })

  test('of 1,000 environments takes three statements', async () => {
    const { accountId, call } = await managed()
    await db.$executeRaw`
      with environments as (
        insert into "Environment" (id, "accountId", name, classification)
        select gen_random_uuid(), ${accountId}, 'Shop ' || lpad(n::text, 4, '0'), 'PRODUCTION' from generate_series(1, 1000) n
        returning id, name),
      atoms as (
        insert into "Atom" (id, "accountId", "environmentId", name)
        select gen_random_uuid(), ${accountId}, id, 'atom of ' || name from environments returning id)
      insert into "AtomNode" (id, "atomId", name, "lastSeenAt") select gen_random_uuid(), id, 'node', now() from atoms`
    const { db: counted, counter } = countStatements(db)
    const actor = { accountId: scopeOf(accountId), features: new Set() }
    const list = await listEnvironments(counted, actor as never, {})
    expect(counter.statements).toBe(3)
    expect(list.environments).toHaveLength(1_000)

    const answer = await call('GET', '/environments')
    expect(answer.json<EnvironmentList>().environments[999]).toMatchObject({
      name: 'Shop 1000',
      atoms: [{ status: 'ONLINE' }],
    })
  })
})

describe('creating, renaming, deleting', () => {
  test('R-64 with a name of up to 80 characters and a classification that stays', async () => {
    const { call, accountId, userId } = await managed()
    const created = await call('POST', '/environments', {
      body: { name: '  Test  ', classification: 'TEST' },
    })
    expect(created.statusCode).toBe(201)
    const view = created.json<EnvironmentView>()
    expect(view).toMatchObject({
      name: 'Test',
      classification: 'TEST',
      createdByName: 'Test Person',
      atoms: [],
      attachments: [],
      whyNotDeletable: null,
    })
    const path = `/environments/${view.id}`
    expect((await call('PATCH', path, { body: { name: 'Acceptance' } })).json()).toMatchObject({
      name: 'Acceptance',
    })
    expect((await call('PATCH', path, { body: { classification: 'PRODUCTION' } })).statusCode).toBe(400)
    expect((await call('DELETE', path)).statusCode).toBe(204)
    expect((await call('GET', path)).statusCode).toBe(404)
    expect(await db.auditEntry.findMany({ where: { accountId }, orderBy: { at: 'asc' } })).toMatchObject([
      { action: 'as.environment ADD', actorId: userId, after: { name: 'Test', classification: 'TEST' } },
      { action: 'as.environment UPDATE NAME', before: { name: 'Test' }, after: { name: 'Acceptance' } },
      { action: 'as.environment DELETE', before: { name: 'Acceptance' } },
    ])
    // The name of a deleted environment is free again.
    expect((await call('POST', '/environments', { body: { name: 'acceptance' } })).statusCode).toBe(201)
  })

  test.each([
    [{ name: ' ' }, 422, 'name-empty'],
    [{ name: 'x'.repeat(81) }, 422, 'name-too-long'],
    [{ name: 'ÜBERSEE' }, 409, 'name-taken'],
  ])('%j is refused', async (body, status, code) => {
    const { call, accountId } = await managed()
    await createPlace(app, accountId, { name: 'Übersee', atoms: 0 })
    const other = await createPlace(app, accountId, { name: 'Other', atoms: 0 })
    const refused = { status, code, fields: [{ path: 'name' }] }
    expect(await problemOf(call('POST', '/environments', { body }))).toMatchObject(refused)
    expect(await problemOf(call('PATCH', `/environments/${other.id}`, { body }))).toMatchObject(refused)
  })

  test('test environments need Unlimited support and their feature', async () => {
    const body = { name: 'Test', classification: 'TEST' }
    const unlicensed = await managed({ features: [] })
    expect(await problemOf(unlicensed.call('POST', '/environments', { body }))).toMatchObject({
      status: 422,
      code: 'test-needs-licensing',
    })
    const basic = await managed()
    await db.account.update({ where: { id: basic.accountId }, data: { environmentSupport: 'BASIC' } })
    expect(await problemOf(basic.call('POST', '/environments', { body }))).toMatchObject({
      status: 422,
      code: 'test-needs-unlimited',
    })
    expect((await basic.list()).classifications).toMatchObject([
      { classification: 'PRODUCTION', isAllowed: true },
      { classification: 'TEST', isAllowed: false, message: expect.stringMatching(/^With Basic/) },
    ])
  })

  test('R-62 one with Atoms is refused before asking, one with packs afterwards', async () => {
    const scene = await createReleaseScene(app)
    const consumer = await createConsumer(app, scene)
    const place = await createPlace(app, consumer.accountId)
    await install(consumer, scene.pack.id, [place.id])
    const path = `/environments/${place.id}`

    expect((await consumer.call('GET', path)).json()).toMatchObject({
      whyNotDeletable: expect.stringMatching(/^An environment with Atoms/),
      attachments: [{ installationName: 'Order to Cash', versionNumber: 1 }],
    })
    expect(await problemOf(consumer.call('DELETE', path))).toMatchObject({ status: 409, code: 'has-atoms' })
    await consumer.call('DELETE', `/atoms/${place.atoms[0]?.id}`)
    expect((await consumer.call('GET', path)).json()).toMatchObject({ whyNotDeletable: null })
    expect(await problemOf(consumer.call('DELETE', path))).toMatchObject({ status: 409, code: 'has-packs' })
  })

  test('deleting waits for whoever attaches to it, and the other way round', async () => {
    const scene = await createReleaseScene(app)
    const consumer = await createConsumer(app, scene)
    const installation = await install(consumer, scene.pack.id)
    for (const deletedFirst of [true, false]) {
      const place = await createPlace(app, consumer.accountId, { atoms: 0 })
      const deleting = () => consumer.call('DELETE', `/environments/${place.id}`)
      const attaching = () =>
        consumer.call('POST', `/installations/${installation.id}/attachments`, {
          body: { environmentIds: [place.id] },
        })
      const { both } = await db.$transaction(async (tx) => {
        await tx.$executeRaw`lock table "AuditEntry" in share mode`
        const first = deletedFirst ? deleting() : attaching()
        await untilSomeoneWaitsForALock(db)
        const second = deletedFirst ? attaching() : deleting()
        await untilSomeoneWaitsForALock(db, 2)
        return { both: Promise.all([first, second]) }
      })
      const statuses = (await both).map(({ statusCode }) => statusCode)
      expect(statuses).toEqual(deletedFirst ? [204, 404] : [200, 409])
    }
  })

  test('what belongs to another account looks like what does not exist', async () => {
    const { call } = await managed()
    const place = await createPlace(app, await createAccount(app), { name: 'Secret place' })
    const path = `/environments/${place.id}`
    for (const answer of [
      await call('GET', path),
      await call('PATCH', path, { body: { name: 'Mine' } }),
      await call('DELETE', path),
    ]) {
      expect(answer.statusCode).toBe(404)
      expect(answer.json<Problem>().code).toBe('environment-not-found')
      expect(answer.body).not.toContain('Secret')
    }
    expect((await call('GET', '/environments')).body).not.toContain('Secret')
  })
})
