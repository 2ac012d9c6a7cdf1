import type { AuditActor, AuditEntryView, AuditPage } from '@packline/contract/audit-log.ts'
import { describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { lookedThrough } from './audit-matches.views.ts'
import { sealEntries } from './seal-entries.ts'

const app = await createTestApp()
const { db } = app

async function reader({ timeZone = 'UTC' }: { timeZone?: string } = {}) {
  const accountId = await createAccount(app)
  return signInAs(app, { accountId, role: 'administrator', timeZone })
}
type Person = Awaited<ReturnType<typeof reader>>

const list = async (person: Person, query: Record<string, string> = {}): Promise<AuditPage> => {
  const response = await person.call('GET', '/audit-log', { query })
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const actionsOf = ({ rows }: AuditPage) => rows.map(({ action }) => action)

type Entry = {
  at?: string
  actorId?: string | null
  actorName?: string
  action?: string
  objectType?: string
  objectId?: string
  source?: string
  after?: unknown
  count?: number
}
/** So many entries of the account, a second apart. */
const insert = (accountId: string, entry: Entry = {}) => db.$executeRaw`
  insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorId", "actorName", source, "requestId", action,
    "objectType", "objectId", after)
  select gen_random_uuid(), ${accountId}, ${entry.at ?? '2026-11-01T00:00:00Z'}::timestamptz + n * interval '1 second',
    ${entry.actorId === null ? 'SCHEDULER' : 'USER'}::"ActorKind", ${entry.actorId ?? null}::uuid,
    ${entry.actorName ?? 'Ada'}, ${entry.source ?? 'UI'}::"AuditSource", null, ${entry.action ?? 'as.component UPDATE'},
    ${entry.objectType ?? 'component'}, ${entry.objectId ?? 'x'}, ${JSON.stringify(entry.after ?? {})}::jsonb
  from generate_series(1, ${entry.count ?? 1}::int) n`

describe('the audit log', () => {
  test('tells who did what to what, in words, newest first', async () => {
    const person = await reader()
    const body = { name: 'Orders', type: 'process' }
    const { id } = (await person.call('POST', '/components', { body })).json<{ id: string }>()
    await person.call('PATCH', `/components/${id}`, { body: { name: 'Orders to ERP' } })
    const { rows } = await list(person)
    expect(rows).toMatchObject([
      {
        action: 'as.component UPDATE',
        words: 'edited a component',
        actorName: 'Test Person',
        actorId: person.userId,
        actorKind: 'USER',
        source: 'UI',
        object: { type: 'component', id, name: 'Orders to ERP', isThere: true },
      },
      { action: 'as.component ADD', words: 'created a component' },
    ])
  })

  test('tells everything of one entry: before and after, request, and its seal once there is one', async () => {
    const person = await reader()
    const response = await person.call('PATCH', '/user', { body: { firstName: 'Ada' } })
    expect(response.statusCode).toBe(200)
    const id = (await list(person)).rows[0]?.id ?? ''
    const read = async (): Promise<AuditEntryView> => (await person.call('GET', `/audit-log/${id}`)).json()
    const entry = await read()
    expect(entry).toMatchObject({
      accountId: person.accountId,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      before: { firstName: 'Test' },
      after: { firstName: 'Ada' },
      object: { type: 'user', name: 'Ada Person' },
      seal: null,
    })
    await sealEntries(db)
    expect((await read()).seal).toMatchObject({ sequence: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test('names the token through which somebody acted', async () => {
    const person = await reader()
    const body = { name: 'Nightly', lifetimeDays: 7, scopes: null }
    const { token } = (await person.call('POST', '/user/tokens', { body })).json<{ token: string }>()
    const response = await app.app.inject({
      method: 'POST',
      url: '/api/v1/components',
      headers: { authorization: `Bearer ${token}` },
      payload: { name: 'By a script', type: 'process' },
    })
    expect(response.statusCode, response.body).toBe(201)
    expect((await list(person)).rows[0]).toMatchObject({
      actorKind: 'TOKEN',
      actorName: 'Test Person',
      tokenName: 'Nightly',
      source: 'API',
    })
  })

  test('of a thing that is gone keeps the name it had', async () => {
    const person = await reader()
    const body = { name: 'East', classification: 'PRODUCTION' }
    const { id } = (await person.call('POST', '/environments', { body })).json<{ id: string }>()
    await person.call('DELETE', `/environments/${id}`)
    const [deleted] = (await list(person)).rows
    expect(deleted).toMatchObject({
      action: 'as.environment DELETE',
      object: { name: 'East', isThere: false },
    })
  })

  test('of another account is nobody’s business: no entry, no actor, no name of a thing', async () => {
    const person = await reader()
    const stranger = await reader()
    const body = { name: 'Secret', type: 'process' }
    const { id } = (await person.call('POST', '/components', { body })).json<{ id: string }>()
    const [entry] = (await list(person)).rows
    expect((await list(stranger)).rows).toEqual([])
    const foreign = await stranger.call('GET', `/audit-log/${entry?.id}`)
    const unknown = await stranger.call('GET', '/audit-log/00000000-0000-4000-8000-000000000000')
    expect(foreign.statusCode).toBe(404)
    expect({ ...foreign.json<object>(), requestId: '' }).toEqual({ ...unknown.json<object>(), requestId: '' })
    expect((await stranger.call('GET', '/audit-log/actors')).json()).toEqual([])
    expect((await list(stranger, { objectId: id })).rows).toEqual([])
    // An entry that names a thing of another account tells its id, which it had before, and nothing more.
    await insert(stranger.accountId, { objectId: id })
    expect((await list(stranger)).rows[0]?.object).toMatchObject({ id, name: null, isThere: false })
  })

  test('is read with View Audit Logs only', async () => {
    const accountId = await createAccount(app)
    const person = await signInAs(app, { accountId, role: 'standard-user' })
    for (const path of ['/audit-log', '/audit-log.csv', '/audit-log/actors']) {
      const response = await person.call('GET', path)
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({
        message:
          'Reading the audit log needs the privilege View Audit Logs. Ask an administrator of this account.',
      })
    }
  })
})

describe('filters', () => {
  test('by actor, action, object, source and text, each alone and together', async () => {
    const person = await reader()
    const { accountId } = person
    const [ada, bob] = ['0000aaaa-0000-4000-8000-000000000001', '0000bbbb-0000-4000-8000-000000000002']
    await insert(accountId, { actorId: ada, action: 'as.component ADD', objectId: 'one' })
    await insert(accountId, {
      actorId: ada,
      action: 'as.ipack ADD',
      objectType: 'integration-pack',
      source: 'API',
    })
    await insert(accountId, { actorId: bob, actorName: 'Bob', action: 'role ADD', objectType: 'role' })
    await insert(accountId, {
      actorId: bob,
      actorName: 'Bob',
      action: 'as.ipack ADD',
      after: { name: '50% _off_' },
    })
    const counts = async (query: Record<string, string>) => (await list(person, query)).rows.length
    expect(await counts({ actor: ada })).toBe(2)
    expect(await counts({ action: 'as.ipack ADD' })).toBe(2)
    expect(await counts({ objectType: 'integration-pack' })).toBe(1)
    expect(await counts({ objectId: 'one' })).toBe(1)
    expect(await counts({ source: 'API' })).toBe(1)
    expect(await counts({ search: 'bob' })).toBe(2)
    expect(await counts({ search: '50% _OFF_' })).toBe(1)
    expect(await counts({ search: '5_% ' })).toBe(0)
    expect(await counts({ search: 'added a role' })).toBe(1)
    expect(await counts({ actor: ada, action: 'as.ipack ADD', source: 'API', search: 'created' })).toBe(1)
    expect(await counts({ actor: bob, objectType: 'integration-pack' })).toBe(0)
  })

  test('the text finds what a thing is called, also where the entry does not say it', async () => {
    const person = await reader()
    const body = { name: 'Order to Cash', type: 'SINGLE', description: '' }
    const { id } = (await person.call('POST', '/integration-packs', { body })).json<{ id: string }>()
    await insert(person.accountId, {
      action: 'as.ipack.package ADD',
      objectType: 'integration-pack',
      objectId: id,
    })
    await insert(person.accountId, { action: 'as.ipack.package ADD', objectType: 'integration-pack' })
    expect((await list(person, { search: 'order TO cash' })).rows).toHaveLength(2)
  })

  test('by dates as the reader’s clock counts them', async () => {
    const person = await reader({ timeZone: 'Asia/Kathmandu' })
    const { accountId } = person
    // 23:59:59 of 9 November and 00:00:00 of 10 and 11 November in Kathmandu.
    for (const at of ['2026-11-09T18:14:58Z', '2026-11-09T18:14:59Z', '2026-11-10T18:14:59Z']) {
      await insert(accountId, { at })
    }
    const range = async (query: Record<string, string>) => (await list(person, query)).rows.length
    expect(await range({ from: '2026-11-10', to: '2026-11-10' })).toBe(1)
    expect(await range({ from: '2026-11-10' })).toBe(2)
    expect(await range({ to: '2026-11-10' })).toBe(2)
  })

  test.each([
    [{ from: '2026-02-30' }, 422, 'date-invalid', 'This is not a date. Write dates as YYYY-MM-DD.'],
    [
      { from: '2026-11-02', to: '2026-11-01' },
      422,
      'range-reversed',
      'The first date is after the last one. Swap them.',
    ],
    [{ action: 'as.everything' }, 422, 'action-unknown', expect.stringContaining('There is no such action')],
    [{ objectType: 'thing' }, 422, 'object-type-unknown', expect.stringContaining('no such type of object')],
    [{ source: 'ui' }, 400, 'request-invalid', expect.stringContaining('source')],
    [{ actor: 'ada' }, 400, 'request-invalid', expect.stringContaining('actor')],
    [{ after: 'x' }, 400, 'request-invalid', expect.stringContaining('is not a place in this log')],
  ])('%j is refused', async (query, status, code, message) => {
    const person = await reader()
    for (const path of status === 400 && 'after' in query
      ? ['/audit-log']
      : ['/audit-log', '/audit-log.csv']) {
      const response = await person.call('GET', path, { query })
      expect(response.statusCode).toBe(status)
      expect(response.json()).toMatchObject({ code, message })
    }
  })

  test('offer everybody who has done something, once, under the newest name', async () => {
    const person = await reader()
    const id = '0000aaaa-0000-4000-8000-000000000001'
    await insert(person.accountId, { actorId: id, actorName: 'Ada Old', count: 3 })
    await insert(person.accountId, { actorId: id, actorName: 'Ada New', at: '2026-11-02T00:00:00Z' })
    await insert(person.accountId, { actorId: null, actorName: 'Release schedule' })
    await person.call('PATCH', '/user', { body: { firstName: 'Zoe' } })
    const actors = (await person.call('GET', '/audit-log/actors')).json<AuditActor[]>()
    expect(actors).toEqual([
      { id, name: 'Ada New' },
      { id: person.userId, name: 'Test Person' },
    ])
  })
})

describe('pages', () => {
  test('follow one another without a gap or a repetition, there and back, also among equal times', async () => {
    const person = await reader()
    await insert(person.accountId, { count: 7 })
    await db.$executeRaw`
      insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId")
      select gen_random_uuid(), ${person.accountId}, '2026-11-01T00:00:03Z', 'USER', 'Ada', 'UI', 'role ADD', 'role', 'x'
      from generate_series(1, 6)`
    const all = (await list(person)).rows.map(({ id }) => id)
    expect(all).toHaveLength(13)
    const pages: AuditPage[] = [await list(person, { pageSize: '4' })]
    for (let after = pages[0]?.next; after; after = pages.at(-1)?.next) {
      pages.push(await list(person, { pageSize: '4', after }))
    }
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(all)
    expect(pages[0]?.previous).toBeNull()
    const last = pages.at(-1)
    const before = await list(person, { pageSize: '4', before: last?.previous ?? '' })
    expect(before.rows).toEqual(pages.at(-2)?.rows)
    expect(before.next).toBe(pages.at(-2)?.next)
  })

  test('of a search say how far it has come, and go on from there', async () => {
    const person = await reader()
    const { accountId } = person
    await insert(accountId, { at: '2026-10-01T00:00:00Z', actorName: 'Needle' })
    await insert(accountId, { actorId: null, action: 'as.ipack UPDATE AUTOMATIC', count: lookedThrough })
    const first = await list(person, { search: 'needle' })
    expect(first).toMatchObject({ rows: [], searchedTo: '2026-11-01T00:00:01.000Z', previous: null })
    const second = await list(person, { search: 'needle', after: first.next ?? '' })
    expect(second.rows).toMatchObject([{ actorName: 'Needle' }])
    expect(second).toMatchObject({ next: null, searchedTo: null })
    // What has an index is found at once, however much lies before it.
    await insert(accountId, { at: '2026-10-02T00:00:00Z', action: 'role ADD', objectType: 'role' })
    expect(actionsOf(await list(person, { objectType: 'role' }))).toEqual(['role ADD'])

    const csv = await person.call('GET', '/audit-log.csv', { query: { search: 'needle' } })
    expect(csv.body.trim().split('\r\n')).toHaveLength(2)
  })
})

test('CSV has what is filtered, with formulas made harmless', async () => {
  const person = await reader()
  await insert(person.accountId, { count: 1_200 })
  await insert(person.accountId, {
    actorName: '=HYPERLINK("http://evil")',
    action: 'role ADD',
    objectType: 'role',
  })
  const all = await person.call('GET', '/audit-log.csv')
  expect(all.headers['content-type']).toContain('text/csv')
  expect(all.headers['content-disposition']).toContain(`audit log of ${person.accountId}.csv`)
  const lines = all.body.trim().split('\r\n')
  expect(lines).toHaveLength(1_202)
  expect(lines[0]).toContain('Time (UTC),Actor,By')
  const some = await person.call('GET', '/audit-log.csv', { query: { objectType: 'role' } })
  expect(some.body.trim().split('\r\n')).toHaveLength(2)
  expect(some.body).toContain(`"'=HYPERLINK(""http://evil"")",USER`)
  expect(some.body).toContain('added a role,role ADD')
})
