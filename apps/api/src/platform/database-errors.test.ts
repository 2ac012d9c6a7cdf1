import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { connectDatabase } from '@packline/database/client.ts'
import { expect, onTestFinished, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { databaseOutage } from './database-errors.ts'

const app = await createTestApp()
const person = await signInAs(app, { accountId: await createAccount(app) })

/** From now on the server answers every change of a user so. */
async function failWith(sqlState: string, sentence: string) {
  await app.db.$executeRawUnsafe(`
    create or replace function fail_on_purpose() returns trigger language plpgsql as $$
    begin raise exception '${sentence}' using errcode = '${sqlState}'; end $$`)
  await app.db.$executeRawUnsafe(`
    create or replace trigger fail_on_purpose before update on "User" execute function fail_on_purpose()`)
}

const noRoom = {
  code: 'database-full',
  message:
    'The database has no room left to write. Nothing was changed; tell whoever runs this server, and try again later.',
}
const tooSlow = {
  code: 'database-slow',
  message: 'The database took too long to answer. Nothing was changed; try again in a moment.',
}

test.each([
  ['53100', 'could not extend file "base/16384/2619": No space left on device', noRoom],
  ['XX000', 'could not extend file "base/16384/2619": Disk quota exceeded', noRoom],
  ['53200', 'out of memory', noRoom],
  ['57014', 'canceling statement due to statement timeout', tooSlow],
])('%s, %s, is no mistake of the request: 503', async (sqlState, sentence, problem) => {
  await failWith(sqlState, sentence)
  const response = await person.call('PATCH', '/user', { body: { firstName: 'Ida' } })
  expect(response.statusCode).toBe(503)
  expect(response.headers['retry-after']).toBe('2')
  expect(response.json()).toEqual({ ...problem, requestId: expect.any(String) })
  expect((await person.call('GET', '/session')).statusCode).toBe(200)
})

test('a connection on which no answer comes is ended, and not handed to the next', async () => {
  const db = connectDatabase({
    url: app.url,
    connections: 1,
    name: 'silent',
    statementTimeoutSeconds: 1,
    actsFor: 'owner',
  })
  // Without its own limit the server would be silent for as long as a cut network is.
  await db.$executeRaw`set statement_timeout = 0`
  const failure: unknown = await db.$queryRaw`select pg_sleep(600)`.catch((error: unknown) => error)
  expect(databaseOutage(failure)).toBe(true)
  expect(await db.$queryRaw`select current_setting('statement_timeout') as limit`).toEqual([{ limit: '1s' }])
  await db.$disconnect()
})

test('a connection that is reset while a transaction is committed is an outage', async () => {
  const { hostname, port } = new URL(app.url)
  const server = createServer((client) => {
    const database = connect({ host: hostname, port: Number(port) })
    for (const socket of [client, database]) socket.on('error', () => database.destroy())
    database.pipe(client)
    client.on('data', (bytes: Buffer) => {
      if (bytes.includes('COMMIT')) client.resetAndDestroy()
      else database.write(bytes)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(app.url)
  url.port = String((server.address() as AddressInfo).port) // it listens on a port
  const db = connectDatabase({
    url: url.href,
    connections: 1,
    name: 'reset',
    statementTimeoutSeconds: 1,
    actsFor: 'owner',
  })
  onTestFinished(async () => {
    await db.$disconnect()
    server.close()
  })
  const failure: unknown = await db
    .$transaction((tx) => tx.$queryRaw`select 1 as one`)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  expect(databaseOutage(failure)).toBe(true)
})
