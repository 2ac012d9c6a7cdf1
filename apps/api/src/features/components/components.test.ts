import { randomUUID } from 'node:crypto'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

const draft = (changes: object = {}) => ({
  name: 'Orders to ERP',
  type: 'process',
  folder: 'Orders',
  ...changes,
})
type Draft = ReturnType<typeof draft>

async function created(body: Draft = draft(), by = person) {
  const response = await by.call('POST', '/components', { body })
  expect(response.statusCode).toBe(201)
  return response.json<{ id: string; name: string }>()
}

async function packWith(
  componentId: string,
  { owner = accountId, name = 'Orders pack', deleted = false } = {},
) {
  const pack = await app.db.integrationPack.create({
    data: { accountId: owner, name, type: 'SINGLE', ...(deleted && { deletedAt: new Date() }) },
  })
  await app.db.packItem.create({ data: { packId: pack.id, componentId } })
  return pack
}

describe('creating', () => {
  test('makes a component without content and writes it into the log', async () => {
    const response = await person.call('POST', '/components', {
      body: draft({ name: '  Orders\u0000 to ERP ', folder: '/Orders// ERP/' }),
    })
    expect(response.statusCode).toBe(201)
    const component = response.json<{ id: string }>()
    expect(component).toMatchObject({
      name: 'Orders to ERP',
      type: 'process',
      folder: 'Orders/ERP',
      containsProcessRoute: false,
      canBeShared: true,
      currentRevision: 0,
      packageCount: 0,
      newestVersion: null,
      createdByName: 'Test Person',
      revisions: [],
    })
    const [entry] = await app.db.auditEntry.findMany({ where: { objectId: component.id } })
    expect(entry).toMatchObject({
      accountId,
      action: 'as.component ADD',
      actorId: person.userId,
      source: 'UI',
    })
  })

  test('a repeated request makes no second one', async () => {
    const headers = { 'idempotency-key': `key-${randomUUID()}` }
    const body = draft({ name: 'Only once' })
    const first = await person.call('POST', '/components', { body, headers })
    const second = await person.call('POST', '/components', { body, headers })
    expect(second.statusCode).toBe(201)
    expect(second.json()).toEqual(first.json())
    expect(await app.db.component.count({ where: { accountId, name: 'Only once' } })).toBe(1)
  })

  test.each([
    [draft({ name: ' ' }), 'name-empty', 'Give the component a name.'],
    [
      draft({ name: 'x'.repeat(256) }),
      'name-too-long',
      'The name of a component has at most 255 characters. Shorten it.',
    ],
    [draft({ folder: 'é/'.repeat(128) }), 'request-invalid', undefined],
    [
      draft({ type: 'certificate', containsProcessRoute: true }),
      'process-route-outside-process',
      'Only a process can contain a Process Route. Leave that out for other component types.',
    ],
    [draft({ type: 'spaceship' }), 'request-invalid', undefined],
    [draft({ accountId: 'other' }), 'request-invalid', undefined],
  ])('refuses %#', async (body, code, message) => {
    const response = await person.call('POST', '/components', { body })
    expect(response.statusCode).toBe(code === 'request-invalid' ? 400 : 422)
    expect(response.json()).toMatchObject({ code, ...(message && { message }) })
  })
})

describe('editing', () => {
  test('changes what is given and writes both states into the log', async () => {
    const { id } = await created()
    const response = await person.call('PATCH', `/components/${id}`, {
      body: { name: 'Orders to SAP', containsProcessRoute: true },
    })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      name: 'Orders to SAP',
      folder: 'Orders',
      containsProcessRoute: true,
      canBeShared: false,
    })
    const entry = await app.db.auditEntry.findFirst({
      where: { objectId: id, action: 'as.component UPDATE' },
    })
    expect(entry).toMatchObject({
      before: { name: 'Orders to ERP', containsProcessRoute: false },
      after: { name: 'Orders to SAP', containsProcessRoute: true },
    })
  })

  test('to what it is already writes nothing', async () => {
    const { id } = await created()
    expect(
      (await person.call('PATCH', `/components/${id}`, { body: { name: 'Orders to ERP' } })).statusCode,
    ).toBe(200)
    expect(await app.db.auditEntry.count({ where: { objectId: id } })).toBe(1)
  })

  test('refuses what creating refuses', async () => {
    const { id } = await created(draft({ type: 'webservice' }))
    for (const [body, code] of [
      [{ name: '' }, 'name-empty'],
      [{ name: 'x'.repeat(256) }, 'name-too-long'],
      [{ containsProcessRoute: true }, 'process-route-outside-process'],
    ] as const) {
      const response = await person.call('PATCH', `/components/${id}`, { body })
      expect(response.statusCode).toBe(422)
      expect(response.json()).toMatchObject({ code })
    }
  })
})

describe('R-25 deleting', () => {
  test('takes the component off the lists', async () => {
    const { id } = await created()
    const response = await person.call('DELETE', `/components/${id}`)
    expect(response.statusCode).toBe(204)
    expect(response.body).toBe('')
    expect((await person.call('GET', `/components/${id}`)).statusCode).toBe(404)
    expect(await app.db.auditEntry.count({ where: { objectId: id, action: 'as.component DELETE' } })).toBe(1)
    expect((await person.call('DELETE', `/components/${id}`)).json()).toMatchObject({
      code: 'component-already-deleted',
      message: 'Somebody has deleted this component already.',
    })
  })

  test('is refused in packs, which it names', async () => {
    const { id } = await created()
    const orders = await packWith(id, { name: 'Orders' })
    await packWith(id, { name: 'Gone', deleted: true })
    expect((await person.call('DELETE', `/components/${id}`)).json()).toMatchObject({
      message:
        'This component is in the integration pack “Orders”. Remove it there and release the pack first.',
    })
    const invoices = await packWith(id, { name: 'Invoices' })
    const response = await person.call('DELETE', `/components/${id}`)
    expect(response.statusCode).toBe(409)
    expect(response.json()).toMatchObject({
      code: 'component-in-packs',
      message:
        'This component is in the integration packs “Invoices”, “Orders”. Remove it there and release the packs first.',
      details: {
        packs: [
          { id: invoices.id, name: 'Invoices' },
          { id: orders.id, name: 'Orders' },
        ],
      },
    })
  })

  test('waits for somebody who is just adding it to a pack, then is refused', async () => {
    const { id } = await created()
    const pack = await app.db.integrationPack.create({ data: { accountId, name: 'Late', type: 'SINGLE' } })
    const { second } = await app.db.$transaction(async (first) => {
      await first.packItem.create({ data: { packId: pack.id, componentId: id } })
      const deletion = person.call('DELETE', `/components/${id}`)
      await untilSomeoneWaitsForALock(app.db)
      return { second: deletion }
    })
    expect((await second).json()).toMatchObject({ code: 'component-in-packs' })
  })
})

describe('listing', () => {
  test('searches, filters, sorts and pages, with names that are the same in a stable order', async () => {
    const other = await signInAs(app, { accountId: await createAccount(app) })
    await created(draft({ name: 'beta', folder: 'B' }), other)
    await created(draft({ name: 'Alpha_1', folder: 'B/Inner', type: 'webservice' }), other)
    await created(draft({ name: 'alpha%2', folder: 'A', type: 'certificate' }), other)
    for (let n = 0; n < 5; n++) await created(draft({ name: 'same', folder: '' }), other)
    const names = async (query: Record<string, string>) =>
      (await other.call('GET', '/components', { query }))
        .json<{ rows: { name: string }[] }>()
        .rows.map(({ name }) => name)

    expect(await names({ pageSize: '3' })).toEqual(['alpha%2', 'Alpha_1', 'beta'])
    expect(await names({ search: 'ALPHA' })).toEqual(['alpha%2', 'Alpha_1'])
    expect(await names({ search: '_' })).toEqual(['Alpha_1'])
    expect(await names({ search: '%' })).toEqual(['alpha%2'])
    expect(await names({ search: '\u0000' })).toHaveLength(8)
    expect(await names({ folder: 'B' })).toEqual(['Alpha_1', 'beta'])
    expect(await names({ type: 'certificate' })).toEqual(['alpha%2'])
    expect((await names({ sort: 'type' })).slice(0, 2)).toEqual(['Alpha_1', 'alpha%2'])
    expect((await names({ sort: 'folder', direction: 'desc' })).slice(0, 2)).toEqual(['Alpha_1', 'beta'])
    expect((await names({ sort: 'changedAt', direction: 'desc' })).at(-1)).toBe('beta')

    const ids = new Set<string>()
    for (const page of ['1', '2', '3', '4']) {
      const response = await other.call('GET', '/components', { query: { pageSize: '2', page } })
      const body = response.json<{ rows: { id: string }[]; total: number }>()
      expect(body.total).toBe(8)
      for (const { id } of body.rows) ids.add(id)
    }
    expect(ids.size).toBe(8)
    expect((await other.call('GET', '/component-folders')).json()).toEqual(['A', 'B', 'B/Inner'])
  })

  test.each(['sort=passwordHash', 'page=0', 'pageSize=1000', 'direction=sideways'])(
    'refuses %s',
    async (query) => {
      expect((await person.call('GET', `/components?${query}`)).statusCode).toBe(400)
    },
  )
})

const none = randomUUID()
type Route = ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string, unknown?]
const routes: Route[] = [
  ['GET', '/components'],
  ['GET', '/component-folders'],
  ['POST', '/components', draft()],
  ['GET', `/components/${none}`],
  ['PATCH', `/components/${none}`, { name: 'New' }],
  ['DELETE', `/components/${none}`],
  ['PUT', `/components/${none}/content`, '<process/>'],
  ['GET', `/components/${none}/revisions/1/content`],
]

describe('who may', () => {
  test.each(routes)('%s %s needs Packaged Component Management', async (method, path, body) => {
    const without: Privilege[] = ['integration-pack', 'atom-management']
    const visitor = await signInAs(app, { accountId, privileges: without })
    const response = await visitor.call(method, path, { body })
    expect(response.statusCode).toBe(403)
    expect(response.json<{ message: string }>().message).toContain('Packaged Component Management')
  })

  test.each(routes.filter(([, path]) => path.includes(none)))(
    '%s %s answers alike for an unknown and a foreign id',
    async (method, path, body) => {
      const { id } = await created()
      const stranger = await signInAs(app, { accountId: await createAccount(app) })
      const foreign = await stranger.call(method, path.replace(none, id), { body })
      const unknown = await stranger.call(method, path, { body })
      expect(foreign.statusCode).toBe(404)
      const { requestId: _one, ...foreignBody } = foreign.json<{ requestId: string }>()
      const { requestId: _other, ...unknownBody } = unknown.json<{ requestId: string }>()
      expect(foreignBody).toEqual(unknownBody)
    },
  )

  test('an id that is none is malformed', async () => {
    expect((await person.call('GET', '/components/1')).statusCode).toBe(400)
  })
})
