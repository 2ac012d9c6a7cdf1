import { randomUUID } from 'node:crypto'
import type { PackListItem, PackView } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { countStatements, createPackaged, createReleaseOf, scopeOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listPacks } from './integration-packs.views.ts'

const app = await createTestApp()
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>
let stranger: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
  stranger = await signInAs(app, { accountId: await createAccount(app) })
})

let packNumber = 0
const draft = (changes: object = {}) => {
  packNumber += 1
  return { name: `Orders pack ${packNumber}`, type: 'SINGLE', description: 'Orders to the ERP', ...changes }
}

async function created(changes: object = {}, by = person) {
  const response = await by.call('POST', '/integration-packs', { body: draft(changes) })
  expect(response.statusCode).toBe(201)
  return response.json<PackView>()
}

const logOf = (packId: string) =>
  app.db.auditEntry.findMany({ where: { objectId: packId }, orderBy: { id: 'asc' } })

describe('creating', () => {
  test('makes an empty pack and writes it into the log', async () => {
    const response = await person.call('POST', '/integration-packs', {
      body: { name: '  Invoices\u0000 to SAP ', type: 'MULTI', description: 'One\r\nTwo' },
    })
    expect(response.statusCode).toBe(201)
    const pack = response.json<PackView>()
    expect(pack).toMatchObject({
      name: 'Invoices to SAP',
      type: 'MULTI',
      description: 'One\nTwo',
      version: 1,
      createdByName: 'Test Person',
      changedByName: 'Test Person',
      rows: [],
      readiness: { kind: 'nothing-to-release', why: 'pack-empty' },
      current: null,
      scheduled: null,
      inProgress: null,
      failed: null,
      installations: 0,
      accounts: 0,
      groups: [],
    })
    expect(response.headers.etag).toMatch(/^"1\.[\w-]+"$/)
    expect(await logOf(pack.id)).toMatchObject([
      { accountId, action: 'as.ipack ADD', actorName: 'Test Person', after: { name: 'Invoices to SAP' } },
    ])
  })

  test.each([
    [{ name: ' ' }, 422, 'name-empty', 'name'],
    [{ name: 'x'.repeat(256) }, 422, 'name-too-long', 'name'],
    [{ description: 'x'.repeat(501) }, 422, 'description-too-long', 'description'],
  ])('refuses %j', async (changes, status, code, field) => {
    const response = await person.call('POST', '/integration-packs', { body: draft(changes) })
    expect(response.statusCode).toBe(status)
    const problem = response.json<Problem>()
    expect(problem.code).toBe(code)
    expect(problem.fields).toEqual([{ path: field, message: problem.message }])
  })

  test('takes a name of 255 and a description of 500 characters', async () => {
    await created({ name: '🍏'.repeat(255), description: '🍏'.repeat(500) })
  })

  test.each([[{ type: 'TRIPLE' }], [{ version: 7 }], [{ accountId: 'other' }], [{ name: undefined }]])(
    'refuses a malformed body %j',
    async (changes) => {
      const response = await person.call('POST', '/integration-packs', { body: draft(changes) })
      expect(response.statusCode).toBe(400)
      expect(response.json<Problem>().code).toBe('request-invalid')
    },
  )

  test('refuses a name the account has, whatever the letter case', async () => {
    await created({ name: 'Stock Levels' })
    const response = await person.call('POST', '/integration-packs', {
      body: draft({ name: 'STOCK levels' }),
    })
    expect(response.statusCode).toBe(409)
    expect(response.json<Problem>().code).toBe('name-taken')
    await created({ name: 'Stock Levels' }, stranger)
  })

  test('of two packs of one name at once, one is created', async () => {
    const body = draft({ name: 'Race for a name' })
    const second = await app.db.$transaction(async (tx) => {
      await tx.integrationPack.create({ data: { accountId, name: 'race FOR a name', type: 'SINGLE' } })
      const waiting = person.call('POST', '/integration-packs', { body })
      await untilSomeoneWaitsForALock(app.db)
      return { waiting }
    })
    const response = await second.waiting
    expect(response.statusCode).toBe(409)
    expect(response.json<Problem>().code).toBe('name-taken')
  })

  test('needs the feature for Multiple Attachments', async () => {
    const single = await createAccount(app, { features: ['integration-pack-management'] })
    const someone = await signInAs(app, { accountId: single })
    await created({}, someone)
    const response = await someone.call('POST', '/integration-packs', { body: draft({ type: 'MULTI' }) })
    expect(response.statusCode).toBe(403)
    expect(response.json<Problem>()).toMatchObject({
      code: 'type-not-available',
      message: expect.stringContaining('Choose Single Attachment.'),
    })
  })

  test('answers the same request again with the same pack', async () => {
    const body = draft()
    const headers = { 'idempotency-key': randomUUID() }
    const first = await person.call('POST', '/integration-packs', { body, headers })
    const again = await person.call('POST', '/integration-packs', { body, headers })
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual(first.json())
    expect(await logOf(first.json<PackView>().id)).toHaveLength(1)
  })
})

describe('listing', () => {
  test('shows all packs of the account by name, with where their releases stand', async () => {
    const owner = await createAccount(app)
    const reader = await signInAs(app, { accountId: owner })
    const ids = []
    for (const name of ['pack 10', 'Pack 2', 'alpha', 'Beta']) ids.push((await created({ name }, reader)).id)
    const [ten = '', two = '', alpha = '', beta = ''] = ids
    const { id: componentId, packages } = await createPackaged(app, owner)
    await app.db.packItem.create({ data: { packId: ten, componentId } })
    await createReleaseOf(app, ten, { content: packages })
    const dated = await createReleaseOf(app, ten, { status: 'SCHEDULED', timing: 'DATED', content: packages })
    await createReleaseOf(app, two, { status: 'IN_PROGRESS', content: packages })
    await createReleaseOf(app, alpha, { status: 'ERROR', content: packages })
    await createReleaseOf(app, alpha, { status: 'CANCELLED', content: packages })
    await createReleaseOf(app, beta, { status: 'SCHEDULED', content: packages })

    const response = await reader.call('GET', '/integration-packs')
    expect(response.statusCode).toBe(200)
    const nothing = { packageCount: 0, currentSequence: null, scheduled: null }
    expect(response.json<PackListItem[]>()).toMatchObject([
      { ...nothing, name: 'alpha', isReleasing: false, hasFailed: true },
      { ...nothing, name: 'Beta', isReleasing: true, hasFailed: false },
      { ...nothing, name: 'Pack 2', currentSequence: 1, isReleasing: true, hasFailed: false },
      {
        name: 'pack 10',
        packageCount: 1,
        currentSequence: 1,
        scheduled: { releaseId: dated.id, releaseOn: '2026-05-02', timeZone: 'Europe/Berlin' },
        isReleasing: false,
        hasFailed: false,
      },
    ])
  })

  test('takes one statement, also for 1,000 packs', async () => {
    const owner = await createAccount(app)
    await app.db.integrationPack.createMany({
      data: Array.from({ length: 1_000 }, (_, number) => ({
        accountId: owner,
        name: `Pack ${number}`,
        type: 'SINGLE',
      })),
    })
    const { db, counter } = countStatements(app.db)
    const started = performance.now()
    expect(await listPacks(db, scopeOf(owner))).toHaveLength(1_000)
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(counter.statements).toBe(1)
  })
})

describe('editing', () => {
  test('changes name and description and counts the version', async () => {
    const pack = await created()
    const response = await person.call('PATCH', `/integration-packs/${pack.id}`, {
      body: { name: 'Renamed', description: '' },
    })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ name: 'Renamed', description: '', version: 2 })
    expect(response.headers.etag).toMatch(/^"2\./)
    expect(await logOf(pack.id)).toMatchObject([
      {},
      { action: 'as.ipack EDIT', before: { name: pack.name }, after: { name: 'Renamed', description: '' } },
    ])
  })

  test('keeps what is not given, and changes nothing when all is the same', async () => {
    const pack = await created()
    const response = await person.call('PATCH', `/integration-packs/${pack.id}`, {
      body: { name: pack.name },
    })
    expect(response.json()).toMatchObject({ name: pack.name, description: pack.description, version: 1 })
    expect(await logOf(pack.id)).toHaveLength(1)
  })

  test('may change the letter case of the own name', async () => {
    const pack = await created()
    const name = pack.name.toUpperCase()
    const response = await person.call('PATCH', `/integration-packs/${pack.id}`, { body: { name } })
    expect(response.json()).toMatchObject({ name })
  })

  test.each([
    [{ name: '' }, 422, 'name-empty'],
    [{ name: 'x'.repeat(256) }, 422, 'name-too-long'],
    [{ description: 'x'.repeat(501) }, 422, 'description-too-long'],
    [{ type: 'MULTI' }, 400, 'request-invalid'],
  ])('refuses %j', async (body, status, code) => {
    const pack = await created()
    const response = await person.call('PATCH', `/integration-packs/${pack.id}`, { body })
    expect(response.statusCode).toBe(status)
    expect(response.json<Problem>().code).toBe(code)
  })

  test('refuses a new name for Multiple Attachments, but takes a new description', async () => {
    const pack = await created({ type: 'MULTI' })
    const renamed = await person.call('PATCH', `/integration-packs/${pack.id}`, { body: { name: 'New' } })
    expect(renamed.statusCode).toBe(422)
    expect(renamed.json<Problem>().code).toBe('name-fixed')
    const described = await person.call('PATCH', `/integration-packs/${pack.id}`, {
      body: { name: pack.name, description: 'New' },
    })
    expect(described.json()).toMatchObject({ description: 'New', version: 2 })
  })

  test('refuses the name of another pack and writes nothing', async () => {
    const [one, other] = [await created(), await created()]
    const response = await person.call('PATCH', `/integration-packs/${one.id}`, {
      body: { name: other.name.toUpperCase(), description: 'New' },
    })
    expect(response.statusCode).toBe(409)
    expect(response.json<Problem>().code).toBe('name-taken')
    const now = await person.call('GET', `/integration-packs/${one.id}`)
    expect(now.json()).toMatchObject({ name: one.name, description: one.description, version: 1 })
  })

  test('of two people editing, the second is shown what the first one changed', async () => {
    const pack = await created()
    const seen = { 'if-match': '"1"' }
    const path = `/integration-packs/${pack.id}`
    const first = await person.call('PATCH', path, { body: { description: 'First' }, headers: seen })
    expect(first.statusCode).toBe(200)
    const second = await person.call('PATCH', path, { body: { description: 'Second' }, headers: seen })
    expect(second.statusCode).toBe(412)
    expect(second.json<Problem>()).toMatchObject({
      code: 'pack-changed',
      message: expect.stringContaining('Test Person has changed'),
      details: { changedByName: 'Test Person', current: { description: 'First', version: 2 } },
    })
    const decided = await person.call('PATCH', path, {
      body: { description: 'Second' },
      headers: { 'if-match': String(first.headers.etag) },
    })
    expect(decided.json()).toMatchObject({ description: 'Second', version: 3 })
  })

  test('an edit that waited for another one is refused when it was decided on the older version', async () => {
    const pack = await created()
    const { waiting } = await app.db.$transaction(async (tx) => {
      await tx.integrationPack.update({ where: { id: pack.id }, data: { version: 2, description: 'First' } })
      const edit = person.call('PATCH', `/integration-packs/${pack.id}`, {
        body: { description: 'Second' },
        headers: { 'if-match': '"1"' },
      })
      await untilSomeoneWaitsForALock(app.db)
      return { waiting: edit }
    })
    expect((await waiting).statusCode).toBe(412)
  })
})

describe('reading one', () => {
  test('answers 304 to whoever has it already, and not once a newer package is there', async () => {
    const pack = await created()
    const component = await createPackaged(app, accountId)
    const added = await person.call('POST', `/integration-packs/${pack.id}/packages`, {
      body: { componentIds: [component.id] },
    })
    const headers = { 'if-none-match': `"0", ${String(added.headers.etag)}` }
    const known = await person.call('GET', `/integration-packs/${pack.id}`, { headers })
    expect(known.statusCode).toBe(304)
    expect(known.body).toBe('')

    await app.db.packagedComponent.create({
      data: {
        accountId,
        componentId: component.id,
        revisionId: component.revisionId,
        ordinal: 2,
        version: '2.0',
        componentName: 'Orders to ERP',
        componentType: 'process',
        shareable: true,
      },
    })
    const newer = await person.call('GET', `/integration-packs/${pack.id}`, { headers })
    expect(newer.statusCode).toBe(200)
    expect(newer.json()).toMatchObject({ version: 2, rows: [{ latest: { version: '2.0' } }] })
  })
})

const writes: ['GET' | 'POST' | 'PATCH' | 'DELETE', (packId: string) => string, unknown][] = [
  ['GET', (id) => `/integration-packs/${id}`, undefined],
  ['PATCH', (id) => `/integration-packs/${id}`, { description: 'New' }],
  ['DELETE', (id) => `/integration-packs/${id}`, undefined],
  ['GET', (id) => `/integration-packs/${id}/deletion-preview`, undefined],
  ['GET', (id) => `/integration-packs/${id}/addable-components`, undefined],
  ['POST', (id) => `/integration-packs/${id}/packages`, { componentIds: [randomUUID()] }],
  ['DELETE', (id) => `/integration-packs/${id}/packages/${randomUUID()}`, undefined],
  ['POST', (id) => `/integration-packs/${id}/packages/${randomUUID()}/undelete`, undefined],
  ['GET', (id) => `/integration-packs/${id}/packages/${randomUUID()}/versions`, undefined],
]

describe.each(writes.map(([method, path, body]) => ({ method, path, body, name: path(':packId') })))(
  '$method $name',
  ({ method, path, body }) => {
    test('answers alike for a pack of another account and for none', async () => {
      const pack = await created()
      const foreign = await stranger.call(method, path(pack.id), { body })
      const none = await stranger.call(method, path(randomUUID()), { body })
      expect(foreign.statusCode).toBe(404)
      const { requestId: _one, ...told } = foreign.json<Problem>()
      const { requestId: _other, ...toldOfNone } = none.json<Problem>()
      expect(told).toEqual(toldOfNone)
      expect(told.code).toBe('integration-pack-not-found')
    })

    test('says that a deleted pack is gone, to its own account only', async () => {
      const pack = await created()
      await app.db.integrationPack.update({ where: { id: pack.id }, data: { deletedAt: new Date() } })
      const own = await person.call(method, path(pack.id), { body })
      expect(own.statusCode).toBe(410)
      expect(own.json<Problem>().code).toBe('integration-pack-deleted')
      expect((await stranger.call(method, path(pack.id), { body })).statusCode).toBe(404)
    })

    test('needs the privilege Integration Pack and the feature', async () => {
      const pack = await created()
      const others: Privilege[] = ['packaged-component-management', 'atom-management']
      const without = await signInAs(app, { accountId, privileges: others })
      const refusedThem = await without.call(method, path(pack.id), { body })
      expect(refusedThem.statusCode).toBe(403)
      expect(refusedThem.json<Problem>().code).toBe('privilege-missing')

      const plain = await signInAs(app, { accountId: await createAccount(app, { features: [] }) })
      const absent = await plain.call(method, path(pack.id), { body })
      expect(absent.statusCode).toBe(403)
      expect(absent.json<Problem>().code).toBe('feature-off')
    })

    test('refuses an id that is none', async () => {
      expect((await person.call(method, path('not-an-id'), { body })).statusCode).toBe(400)
    })
  },
)
