import type { PackView } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
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
  app.db.auditEntry.findMany({ where: { objectId: packId }, orderBy: { action: 'asc' } })

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
