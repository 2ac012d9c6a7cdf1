import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { noteChanges } from '../test/change-notes.ts'
import { untilSomeoneWaitsForALock } from '../test/lock-waits.ts'
import { type Case, prepareFor } from '../test/platform-api/contract-cases.ts'
import { bodyFor, examplesFor, pathFor } from '../test/platform-api/contract-requests.ts'
import { createPair, unique } from '../test/platform-api/contract-scene.ts'
import { type PublicOperation, publicOperations } from '../test/platform-api/public-description.ts'
import { createTestApp } from '../test/test-app.ts'
import { allObjects } from './objects/all-objects.ts'
import { operationsOf } from './objects/operations.ts'

const app = await createTestApp()
const pair = await createPair(app)
const lastChange = await noteChanges(app.db)

const nameOf = ({ object, operation }: PublicOperation) => `${object} ${operation}`
const writes = publicOperations.filter(({ operation }) => /^(CREATE|UPDATE|DELETE)$/.test(operation))
const rows = (those: readonly PublicOperation[]) => those.map((one) => [nameOf(one), one] as const)

test('these are all the writes there are', () => {
  const mounted = allObjects.flatMap((object) =>
    operationsOf(object).map((operation) => `${object.shape.name} ${operation}`),
  )
  expect(writes.map(nameOf).toSorted()).toEqual(
    mounted.filter((name) => /(CREATE|UPDATE|DELETE)$/.test(name)).toSorted(),
  )
})

async function prepare(operation: PublicOperation) {
  const one = await prepareFor(operation)?.(app, pair, 'json')
  if (!one) throw new Error(`Nothing prepares ${nameOf(operation)}`)
  return one
}

async function send(operation: PublicOperation, one: Case, headers: Record<string, string>) {
  const by = pair[one.as]
  const [example] = examplesFor(operation, 'json')
  const body = await bodyFor(app, operation, one, { media: 'json', example, by })
  const path = pathFor(operation, one)
  return by.send(operation.method, path, { accept: 'json', headers, ...(body !== undefined && { body }) })
}

/** Sends it with an outdated tag: refused with a sentence, and nothing is changed. Says the tag that was answered. */
async function refusedTagOf(operation: PublicOperation, one: Case) {
  const before = await lastChange()
  const answer = await send(operation, one, { 'if-match': '"outdated"' })
  expect(answer.statusCode, answer.body).toBe(412)
  expect(answer.json<{ message: string }>().message).toMatch(/^[A-Z].{30,}\.$/)
  expect(await lastChange()).toBe(before)
  return answer.headers['etag']
}

/** Sends it twice under one key: carried out once, answered alike. */
async function carriedOutOnce(operation: PublicOperation, one: Case, headers: Record<string, string>) {
  const keyed = { ...headers, 'idempotency-key': randomUUID() }
  const answer = await send(operation, one, keyed)
  expect(answer.statusCode, answer.body).toBe(200)
  const once = await lastChange()
  expect((await send(operation, one, keyed)).body).toBe(answer.body)
  expect(await lastChange()).toBe(once)
  return answer
}

/** What releases a pack is done to the pack, and goes by the pack's tag. */
const isRelease = ({ object }: PublicOperation) => object === 'ReleaseIntegrationPack'
/** Its example is about a setting that Atoms here do not have. */
const changesNothing = (operation: PublicOperation) => nameOf(operation) === 'Atom UPDATE'
const creates = writes.filter((one) => one.operation === 'CREATE' && !isRelease(one))

describe('what is made new cannot have been seen: with a tag it is refused, and it is made once for each key', () => {
  test.each(rows(creates))('%s', async (_name, operation) => {
    const one = await prepare(operation)
    expect(await refusedTagOf(operation, one)).toBeUndefined()
    await carriedOutOnce(operation, one, {})
  })
})

describe('what was decided on an outdated copy is refused with the tag as it is now, and done with that one', () => {
  test.each(rows(writes.filter((one) => !creates.includes(one))))('%s', async (_name, operation) => {
    const one = await prepare(operation)
    const tag = String(await refusedTagOf(operation, one))
    expect(tag).toMatch(/^"[\w.-]+"$/)
    const hasGet = publicOperations.some((each) => nameOf(each) === `${operation.object} GET`)
    if (hasGet) {
      const read = await pair[one.as].send('GET', `/${operation.object}/${one.id}`)
      expect(read.headers['etag']).toBe(tag)
    }
    const done = await carriedOutOnce(operation, one, { 'if-match': tag })
    if (operation.operation !== 'UPDATE' || isRelease(operation) || changesNothing(operation)) return
    // And whoever comes later with the same copy is too late.
    expect(done.headers['etag']).not.toBe(tag)
    expect((await send(operation, one, { 'if-match': tag })).statusCode).toBe(412)
  })
})

test.each(['Environment', 'Atom'])(
  'whoever waits for somebody else to finish with an %s has an outdated copy then',
  async (object) => {
    const { send: call } = pair.managed
    const made = await call('POST', `/${object}`, { body: { name: unique('Staging') } })
    const tag = String(made.headers['etag'])
    const { id } = made.json<{ id: string }>()
    const { second } = await app.db.$transaction(async (first) => {
      await first.$executeRawUnsafe(`update "${object}" set name = 'First' where id = '${id}'`)
      const waiting = call('POST', `/${object}/${id}`, {
        body: { name: unique('Second') },
        headers: { 'if-match': tag },
      })
      await untilSomeoneWaitsForALock(app.db)
      return { second: waiting }
    })
    expect((await second).statusCode).toBe(412)
  },
)
