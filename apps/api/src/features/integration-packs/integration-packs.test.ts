import { randomUUID } from 'node:crypto'
import type { PackListItem, PackView } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { beforeAll, describe, expect, test } from 'vitest'
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
    expect(await listPacks(db, scopeOf(owner))).toHaveLength(1_000)
    expect(counter.statements).toBe(1)
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
