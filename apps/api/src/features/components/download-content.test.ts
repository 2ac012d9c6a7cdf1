import { createHash, randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
let person: Awaited<ReturnType<typeof signInAs>>
let componentId: string

beforeAll(async () => {
  person = await signInAs(app, { accountId: await createAccount(app) })
})

beforeEach(async () => {
  const { accountId } = person
  const component = await app.db.component.create({
    data: { accountId, name: 'Orders “to” ERP/é', type: 'process' },
  })
  componentId = component.id
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const upload = (body: unknown, headers = { 'content-type': 'application/xml' }) =>
  person.call('PUT', `/components/${componentId}/content`, { body, headers })

const download = (revision: number, headers: Record<string, string> = {}) =>
  person.call('GET', `/components/${componentId}/revisions/${revision}/content`, { headers })

describe('a download', () => {
  const bytes = randomBytes(600_000)

  test('is a file to save, never to show', async () => {
    await upload('<script>alert(1)</script>', { 'content-type': 'text/html' })
    const { headers } = await download(1)
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'content-length': '25',
      'content-disposition': `attachment; filename="Orders to ERP-e r1.bin"; filename*=UTF-8''Orders%20%E2%80%9Cto%E2%80%9D%20ERP-%C3%A9%20r1.bin`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: `"${sha256(Buffer.from('<script>alert(1)</script>'))}"`,
    })
  })

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=262140-262150', 262_140, 262_151],
    ['bytes=524288-', 524_288, 600_000],
    ['bytes=-7', 599_993, 600_000],
  ])('goes on with %s', async (range, start, end) => {
    await upload(bytes)
    const response = await download(1, { range })
    expect(response.statusCode).toBe(206)
    expect(response.headers).toMatchObject({
      'content-range': `bytes ${start}-${end - 1}/600000`,
      'content-length': String(end - start),
    })
    expect(response.rawPayload.equals(bytes.subarray(start, end))).toBe(true)
  })

  test('says when a range lies outside, and starts again when the file has changed', async () => {
    await upload(bytes)
    const outside = await download(1, { range: 'bytes=600000-' })
    expect(outside.statusCode).toBe(416)
    expect(outside.headers['content-range']).toBe('bytes */600000')
    expect((await download(1, { range: 'bytes=5-', 'if-range': '"other"' })).statusCode).toBe(200)
    const etag = `"${sha256(bytes)}"`
    expect((await download(1, { range: 'bytes=5-', 'if-range': etag })).statusCode).toBe(206)
    const known = await download(1, { 'if-none-match': `"other", W/${etag}` })
    expect(known.statusCode).toBe(304)
    expect(known.body).toBe('')
  })

  test('of a revision that does not exist', async () => {
    const response = await download(7)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toMatchObject({ code: 'revision-not-found' })
    expect((await download(2_147_483_648)).statusCode).toBe(400)
  })
})
