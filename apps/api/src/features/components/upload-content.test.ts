import { createHash, randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { deleteAbandonedContents } from './content.store.ts'

const testApp = await createTestApp()
const { db } = testApp
let person: Awaited<ReturnType<typeof signInAs>>
let componentId: string
let contentsBefore: number

beforeAll(async () => {
  person = await signInAs(testApp, { accountId: await createAccount(testApp) })
})

beforeEach(async () => {
  const { accountId } = person
  const component = await db.component.create({
    data: { accountId, name: 'Orders “to” ERP/é', type: 'process' },
  })
  componentId = component.id
  contentsBefore = await db.content.count()
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const upload = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/xml' }) =>
  person.call('PUT', `/components/${componentId}/content`, { body, headers })

const download = (revision: number, headers: Record<string, string> = {}) =>
  person.call('GET', `/components/${componentId}/revisions/${revision}/content`, { headers })

describe('an upload', () => {
  test('becomes the next revision, byte for byte, and goes into the log', async () => {
    const first = Buffer.from('<process/>')
    const response = await upload(first)
    expect(response.statusCode).toBe(201)
    expect(response.json()).toMatchObject({
      revision: 1,
      sha256: sha256(first),
      size: first.length,
      mediaType: 'application/xml',
      createdByName: 'Test Person',
    })
    const second = randomBytes(700_001)
    expect((await upload(second, { 'content-type': 'application/x-odd; v="1"' })).json()).toMatchObject({
      revision: 2,
      sha256: sha256(second),
      mediaType: 'application/x-odd; v="1"',
    })
    expect((await download(1)).rawPayload).toEqual(first)
    expect((await download(2)).rawPayload).toEqual(second)
    const details = await person.call('GET', `/components/${componentId}`)
    expect(details.json()).toMatchObject({
      currentRevision: 2,
      revisions: [{ revision: 2 }, { revision: 1 }],
    })
    const entry = await db.auditEntry.findFirst({ where: { objectId: componentId }, orderBy: { at: 'desc' } })
    expect(entry).toMatchObject({
      action: 'as.component.content UPDATE',
      before: { revision: 1, sha256: sha256(first) },
      after: { revision: 2, sha256: sha256(second), size: 700_001 },
    })
  })

  test('of the same bytes adds nothing', async () => {
    const { id } = (await upload('{"a":1}', { 'content-type': 'application/json' })).json<{ id: string }>()
    const again = await upload('{"a":1}', { 'content-type': 'text/plain' })
    expect(again.statusCode).toBe(200)
    expect(again.json()).toMatchObject({ id, revision: 1, mediaType: 'application/json' })
    expect(await db.content.count()).toBe(contentsBefore + 1)
    // Only the current revision counts: going back to older bytes is a new revision.
    await upload('{"a":2}')
    expect((await upload('{"a":1}')).json()).toMatchObject({ revision: 3 })
  })

  test.each([
    [undefined],
    ['nonsense'],
    ['application/json'],
    ['multipart/form-data'],
    ['text/plain; charset=utf-8'],
  ])('may be of type %s, and its bytes are not looked at', async (type) => {
    const response = await upload(Buffer.from('{not json'), type ? { 'content-type': type } : {})
    expect(response.statusCode).toBe(201)
    expect((await download(1)).rawPayload.toString()).toBe('{not json')
  })

  test.each([
    ['no body', undefined],
    ['an empty body', Buffer.alloc(0)],
  ])('with %s is refused', async (_what, body) => {
    const response = await upload(body)
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({
      code: 'content-empty',
      message: 'The content is empty. Choose a file with something in it.',
    })
    expect(await db.content.count()).toBe(contentsBefore)
    expect(await db.componentRevision.count({ where: { componentId } })).toBe(0)
  })
})

test('an upload that a crash ended leaves what the next clean-up takes away, and only that', async () => {
  await upload('kept')
  const abandoned = async (age: string) => {
    const { id } = await db.content.create({ data: { sha256: '', size: 0, mediaType: 'a/b' } })
    await db.contentChunk.create({ data: { contentId: id, position: 0, bytes: Buffer.from('x') } })
    await db.$executeRaw`update "Content" set "createdAt" = app_now() - ${age}::interval where id = ${id}::uuid`
    return id
  }
  const young = await abandoned('59 minutes')
  const old = await abandoned('61 minutes')
  await db.$executeRaw`update "Content" set "createdAt" = app_now() - interval '1 day' where sha256 <> ''`
  expect(await deleteAbandonedContents(db)).toBe(1)
  expect(await db.content.count({ where: { id: { in: [young, old] } } })).toBe(1)
  expect(await db.contentChunk.count({ where: { contentId: old } })).toBe(0)
  expect((await download(1)).body).toBe('kept')
  await db.content.delete({ where: { id: young } })
})
