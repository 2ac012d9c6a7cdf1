import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { actAs, type Acting, beginActing } from '@packline/database/acting.ts'
import { applicationUrl } from '@packline/database/application-login.ts'
import { connectDatabase, type Database, type Tx } from '@packline/database/client.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createAccount, signInAs } from './people.ts'
import { createTestApp } from './test-app.ts'

const app = await createTestApp()
const read = z.tuple([z.object({ role: z.string(), accountId: z.string().nullable(), seen: z.number() })])
const accounts = await Promise.all([createAccount(app), createAccount(app), createAccount(app)])
await Promise.all(
  accounts.map((accountId) =>
    app.db.integrationPack.create({ data: { accountId, name: `Of ${accountId}`, type: 'SINGLE' } }),
  ),
)

function poolOf(connections: number): Database {
  const db = connectDatabase({
    url: applicationUrl(app.url),
    connections,
    name: 'test acting',
    statementTimeoutSeconds: 1,
    queueSeconds: 30,
    keepsPlans: true,
    actsFor: 'whoever-acts',
  })
  afterAll(() => db.$disconnect())
  return db
}

/** What the connection was told, and how many packs it sees. */
async function look(db: Database | Tx) {
  const [{ role, accountId, seen }] = read.parse(
    await db.$queryRaw`
      select current_user as role, nullif(current_setting('app.account_id', true), '') as "accountId",
        (select count(*)::int from "IntegrationPack") as seen`,
  )
  return `${role} ${accountId} ${seen}`
}

const as = <Result>(acting: Acting, work: () => Promise<Result>) =>
  beginActing(() => {
    actAs(acting)
    return work()
  })
const inAccount = (accountId = '') => ({ kind: 'account', accountId }) as const
const ofAccount = (accountId = '') => `packline_tenant ${accountId} 1`
const ofNobody = 'packline_tenant null 0'

describe('one connection', () => {
  const db = poolOf(1)
  const [first, second] = accounts

  test('acts for whoever has it, one after the other', async () => {
    // Often enough for the server to keep a plan of the statement, which then serves them all.
    for (let round = 0; round < 8; round += 1) {
      expect(await look(db)).toBe(ofNobody)
      expect(await as(inAccount(first), () => look(db))).toBe(ofAccount(first))
      expect(await as(inAccount(second), () => look(db))).toBe(ofAccount(second))
      expect(await as({ kind: 'system' }, () => look(db))).toBe('packline_system null 3')
      expect(await beginActing(() => look(db))).toBe(ofNobody)
    }
  })

  test.each([
    ['a statement that fails', () => db.$queryRaw`select 1 / 0`],
    ['one that takes too long', () => db.$queryRaw`select pg_sleep(3)::text`],
    [
      'a transaction that is rolled back',
      () =>
        db.$transaction(async (tx) => {
          await tx.$queryRaw`select set_config('app.account_id', ${second}, false)`
          throw new Error('not this time')
        }),
    ],
    ['a connection that breaks', () => db.$queryRaw`select pg_terminate_backend(pg_backend_pid())`],
  ])('tells the next one nothing after %s', async (_what, fail) => {
    await expect(as(inAccount(first), async () => fail())).rejects.toThrow()
    expect(await look(db)).toBe(ofNobody)
    await expect(as({ kind: 'system' }, async () => fail())).rejects.toThrow()
    expect(await look(db)).toBe(ofNobody)
  })
})

test('three connections under two hundred who come at once each act for the one who asked', async () => {
  const db = poolOf(3)
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, at) => {
      const accountId = accounts[at % 3]
      return as(inAccount(accountId), async () => {
        if (at % 5 === 0) await turn()
        if (at % 2 === 0) return { accountId, seen: [await look(db), await look(db)] }
        const seen = await db.$transaction(async (tx) => [await look(tx), await look(tx)], {
          maxWait: 20_000,
        })
        return { accountId, seen }
      })
    }),
  )
  for (const { accountId, seen } of outcomes)
    expect(seen).toEqual([ofAccount(accountId), ofAccount(accountId)])
})

test('requests of several accounts over one socket each reach their own', async () => {
  await app.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.app.server.address() as AddressInfo // it has just listened on a port
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  afterAll(() => agent.destroy())
  const people = await Promise.all(accounts.map((accountId) => signInAs(app, { accountId })))

  const send = (cookie: string, method: 'GET' | 'POST', body?: unknown) =>
    new Promise<string>((resolve, reject) => {
      const request = http.request(
        {
          agent,
          port,
          method,
          path: '/api/v1/integration-packs',
          headers: { cookie, 'x-packline-request': '1', 'content-type': 'application/json' },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () => resolve(Buffer.concat(parts).toString()))
        },
      )
      request.on('error', reject)
      request.end(body && JSON.stringify(body))
    })

  const answers = await Promise.all(
    Array.from({ length: 30 }, async (_, at) => {
      const { cookie, accountId } = people[at % 3] ?? { cookie: '', accountId: '' }
      const made = await send(cookie, 'POST', { name: `Pack ${at} of ${accountId}`, type: 'SINGLE' })
      return { accountId, made, list: await send(cookie, 'GET') }
    }),
  )
  for (const { accountId, made, list } of answers) {
    expect(made).toContain(accountId)
    expect(list).toContain(accountId)
    for (const other of accounts) if (other !== accountId) expect(list).not.toContain(other)
  }
})
