import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { maxContentBytes } from '@packline/contract/components.ts'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { deleteAbandonedContents } from './content.store.ts'

const testApp = await createTestApp()
const { app, db } = testApp
const mebibyte = 1024 * 1024
let person: Awaited<ReturnType<typeof signInAs>>
let address: string
let componentId: string
let contentsBefore: number

beforeAll(async () => {
  person = await signInAs(testApp, { accountId: await createAccount(testApp) })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
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

/** A request over a real socket, whose body the test writes as it likes. */
function openUpload(headers: Record<string, string | number> = {}) {
  const request = httpRequest(`${address}/api/v1/components/${componentId}/content`, {
    method: 'PUT',
    headers: { cookie: person.cookie, 'x-packline-request': '1', 'content-type': 'a/b', ...headers },
  })
  const answer = new Promise<{ status: number; body: { code?: string } }>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response: IncomingMessage) => {
      Readable.from(response)
        .toArray()
        .then((parts) => {
          const text = Buffer.concat(parts as Buffer[]).toString()
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as { code?: string } })
        })
        .catch(reject)
    })
  })
  // Some tests never look at the answer of a request that they cut off.
  answer.catch(() => undefined)
  onTestFinished(() => void request.destroy())
  return { request, answer }
}

/** Waits until that many chunks of the content that is on its way are in the database. */
const untilChunksArrived = async (howMany: number) => {
  while ((await db.contentChunk.count({ where: { content: { sha256: '' } } })) < howMany) await wait(10)
}

const nothingKept = async () => {
  expect(await db.content.count()).toBe(contentsBefore)
  expect(await db.componentRevision.count({ where: { componentId } })).toBe(0)
}

/** Contents go a moment after the connection broke. */
const untilNothingIsKept = async () => {
  const deadline = performance.now() + 2_000
  while ((await db.content.count()) !== contentsBefore && performance.now() < deadline) await wait(10)
  await nothingKept()
}

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
    await nothingKept()
  })
})

describe('25 MB', () => {
  test('go through', async () => {
    const { request, answer } = openUpload()
    const hash = createHash('sha256')
    for (let n = 0; n < 100; n++) {
      const part = randomBytes(maxContentBytes / 100)
      hash.update(part)
      if (!request.write(part)) await once(request, 'drain')
    }
    request.end()
    expect(await answer).toMatchObject({
      status: 201,
      body: { size: maxContentBytes, sha256: hash.digest('hex') },
    })
    expect(sha256((await download(1)).rawPayload)).toBe(
      (await db.content.findFirstOrThrow({ where: { revisions: { some: { componentId } } } })).sha256,
    )
  })

  test('never pile up in memory: the sender waits for the database', async () => {
    const { request, answer } = openUpload()
    let sent = 0
    const send = async () => {
      while (sent < maxContentBytes) {
        sent += mebibyte / 4
        if (!request.write(Buffer.alloc(mebibyte / 4))) await once(request, 'drain')
      }
      request.end()
    }
    const { sending } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`lock table "ContentChunk" in exclusive mode`
      const started = send()
      await untilSomeoneWaitsForALock(db)
      await wait(300)
      // What is on its way is in the buffers of the two sockets.
      expect(sent).toBeLessThan(16 * mebibyte)
      return { sending: started }
    })
    await sending
    expect((await answer).status).toBe(201)
  })

  const tooLarge = { status: 413, body: { code: 'content-too-large' } }

  test('and one byte are refused before they are sent, when announced', async () => {
    const { request, answer } = openUpload({ 'content-length': maxContentBytes + 1 })
    request.write('x')
    expect(await answer).toMatchObject(tooLarge)
    request.destroy()
    await nothingKept()
  })

  test('and one byte are refused when not announced, and the sender gets to read why', async () => {
    const { request, answer } = openUpload()
    for (let n = 0; n < 30; n++) {
      // Node's client reports no drain any more once the answer is there.
      if (!request.write(Buffer.alloc(mebibyte))) await Promise.race([once(request, 'drain'), answer])
    }
    request.end()
    expect(await answer).toMatchObject(tooLarge)
    await nothingKept()
  })

  test('and one byte are refused when less was announced', async () => {
    const response = await upload(
      Readable.from([Buffer.alloc(maxContentBytes), 'x'], { objectMode: false }),
      {
        'content-length': '10',
      },
    )
    expect(response.statusCode).toBe(413)
    expect(response.json()).toMatchObject({
      message: 'The content is larger than 25 MB. Nothing was kept; upload a smaller file.',
    })
    await nothingKept()
  })
})

describe('an upload that ends early', () => {
  test('keeps nothing, whether its length was announced or not', async () => {
    for (const headers of [{ 'content-length': 10 * mebibyte }, {}]) {
      const { request } = openUpload(headers)
      request.write(Buffer.alloc(mebibyte))
      await untilChunksArrived(2)
      request.destroy()
      await untilNothingIsKept()
    }
  })

  test('is said to be incomplete, where there is somebody to tell', async () => {
    const body = new Readable({ read: () => undefined })
    body.push(Buffer.alloc(mebibyte))
    const response = upload(body)
    await wait(50)
    body.destroy(new Error('cable pulled'))
    await response.catch(() => undefined)
    await untilNothingIsKept()
  })

  test('by a crash leaves what the next clean-up takes away, and only that', async () => {
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
})

describe('at the same time', () => {
  test('nothing is locked while bytes arrive', async () => {
    const { request, answer } = openUpload()
    request.write(Buffer.alloc(mebibyte))
    await untilChunksArrived(2)
    await db.$executeRaw`update "Component" set folder = 'Moved' where id = ${componentId}::uuid`
    const waiting = await db.$queryRaw<{ state: string }[]>`
      select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`
    expect(waiting).toEqual([])
    request.end()
    expect((await answer).status).toBe(201)
  })

  test('two uploads become two revisions', async () => {
    const { both } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Component" where id = ${componentId}::uuid for update`
      const uploads = [upload('one'), upload('two')]
      await untilSomeoneWaitsForALock(db, 2)
      return { both: Promise.all(uploads) }
    })
    const revisions = (await both).map((response) => response.json<{ revision: number }>().revision)
    expect(revisions.sort()).toEqual([1, 2])
  })

  test('the same bytes twice become one revision', async () => {
    const { both } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Component" where id = ${componentId}::uuid for update`
      const uploads = [upload('same'), upload('same')]
      await untilSomeoneWaitsForALock(db, 2)
      return { both: Promise.all(uploads) }
    })
    expect((await both).map(({ statusCode }) => statusCode).sort()).toEqual([200, 201])
    expect(await db.content.count()).toBe(contentsBefore + 1)
  })

  test('a component deleted while its content arrives gets none', async () => {
    const { request, answer } = openUpload()
    request.write(Buffer.alloc(mebibyte))
    await untilChunksArrived(2)
    expect((await person.call('DELETE', `/components/${componentId}`)).statusCode).toBe(204)
    request.end()
    expect(await answer).toMatchObject({ status: 404, body: { code: 'component-not-found' } })
    await nothingKept()
  })
})

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
