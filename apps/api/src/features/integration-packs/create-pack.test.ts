import { randomUUID } from 'node:crypto'
import type { PackView } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

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
  app.db.auditEntry.findMany({ where: { objectId: packId }, orderBy: { action: 'asc' } })

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

  test.each([
    ['Stock Levels', 'STOCK levels'],
    ['ÄRGER', 'ärger'],
    ['Журнал', 'ЖУРНАЛ'],
  ])('refuses a name the account has, whatever the letter case: %s, %s', async (name, again) => {
    await created({ name })
    const response = await person.call('POST', '/integration-packs', { body: draft({ name: again }) })
    expect(response.statusCode).toBe(409)
    expect(response.json<Problem>().code).toBe('name-taken')
    await created({ name }, stranger)
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
