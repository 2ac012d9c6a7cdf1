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
