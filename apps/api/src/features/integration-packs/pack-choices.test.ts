import { randomUUID } from 'node:crypto'
import type { PageOf } from '@packline/contract/field.ts'
import type { AddableComponent, VersionChoice } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { addVersion, createPackaged, createReleaseOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

let packNumber = 0
async function createdPack(type: 'SINGLE' | 'MULTI' = 'SINGLE') {
  packNumber += 1
  return app.db.integrationPack.create({ data: { accountId, name: `Pack ${packNumber}`, type } })
}

describe('what can be added', () => {
  test('lists own components with a shareable version, by name, and says which are there already', async () => {
    const owner = await createAccount(app)
    const reader = await signInAs(app, { accountId: owner })
    const pack = await app.db.integrationPack.create({
      data: { accountId: owner, name: 'P', type: 'SINGLE' },
    })
    const stock = await createPackaged(app, owner, { name: 'stock levels', versions: ['1', '2'] })
    await createPackaged(app, owner, { name: 'Orders 100%_done' })
    const removed = await createPackaged(app, owner, { name: 'Returns' })
    await createPackaged(app, owner, { name: 'Api', type: 'webservice' })
    await createPackaged(app, owner, { name: 'Unshared', versions: [{ version: '1', shareable: false }] })
    await createPackaged(app, owner, { name: 'Routed', containsProcessRoute: true })
    await createPackaged(app, await createAccount(app), { name: 'Foreign' })
    const gone = await createPackaged(app, owner, { name: 'Gone' })
    await app.db.component.update({ where: { id: gone.id }, data: { deletedAt: new Date() } })
    await app.db.packItem.createMany({
      data: [
        { packId: pack.id, componentId: stock.id },
        { packId: pack.id, componentId: removed.id, removedAt: new Date() },
      ],
    })
    const list = async (query: Record<string, string> = {}, packId = pack.id) => {
      const response = await reader.call('GET', `/integration-packs/${packId}/addable-components`, { query })
      expect(response.statusCode).toBe(200)
      return response.json<PageOf<AddableComponent>>()
    }

    const all = await list()
    expect(all.rows.map(({ componentName, isInPack }) => [componentName, isInPack])).toEqual([
      ['Api', false],
      ['Orders 100%_done', false],
      ['Returns', false],
      ['stock levels', true],
    ])
    expect(all.rows[3]?.newest).toMatchObject({ version: '2', ordinal: 2 })
    expect(all).toMatchObject({ total: 4, page: 1, pageSize: 50 })

    const named = async (filter: string) => (await list({ filter })).rows.map((row) => row.componentName)
    expect(await named('ORDER')).toEqual(['Orders 100%_done'])
    expect(await named('0%_d')).toEqual(['Orders 100%_done'])
    expect(await named('_')).toEqual(['Orders 100%_done'])
    expect(await named('nothing like it')).toEqual([])
    expect(await list({ page: '2', pageSize: '3' })).toMatchObject({
      rows: [{ componentName: 'stock levels' }],
      total: 4,
    })
    expect(await list({ page: '9', pageSize: '3' })).toMatchObject({ rows: [], total: 4 })

    const multi = await app.db.integrationPack.create({
      data: { accountId: owner, name: 'M', type: 'MULTI' },
    })
    expect((await list({}, multi.id)).rows.map((row) => row.componentName)).not.toContain('Api')
  })

  test.each([{ page: '0' }, { pageSize: '201' }, { filter: 'x'.repeat(256) }])(
    'refuses %j',
    async (query) => {
      const pack = await createdPack()
      const response = await person.call('GET', `/integration-packs/${pack.id}/addable-components`, { query })
      expect(response.statusCode).toBe(400)
    },
  )
})

describe('the versions to choose from', () => {
  const choices = (packId: string, componentId: string) =>
    person.call('GET', `/integration-packs/${packId}/packages/${componentId}/versions`)

  test('lists active, shareable versions, newest first, with what they were (R-27)', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId, {
      versions: [
        '1.0',
        '2.0',
        { version: '2.1', shareable: false },
        { version: '2.2', isDeleted: true },
        '3.0',
      ],
    })
    const [first, second] = component.packages
    await createReleaseOf(app, pack.id, { content: first ? [first] : [] })
    await createReleaseOf(app, pack.id, { content: second ? [second] : [] })
    await app.db.packItem.create({ data: { packId: pack.id, componentId: component.id } })
    await addVersion(app, component, '4.0')

    const response = await choices(pack.id, component.id)
    expect(response.statusCode).toBe(200)
    const facts = response
      .json<VersionChoice[]>()
      .map(({ version, isCurrent, isNewest, wasReleased }) => [version, isCurrent, isNewest, wasReleased])
    expect(facts).toEqual([
      ['4.0', false, true, false],
      ['3.0', false, false, false],
      ['2.0', true, false, true],
      ['1.0', false, false, true],
    ])
  })

  test('refuses components that have nothing to do with the pack', async () => {
    const pack = await createdPack()
    const own = await createPackaged(app, accountId)
    const foreign = await createPackaged(app, await createAccount(app))
    for (const id of [own.id, foreign.id, randomUUID()]) {
      const response = await choices(pack.id, id)
      expect(response.statusCode).toBe(404)
      expect(response.json<Problem>().code).toBe('component-not-in-pack')
    }
  })
})
