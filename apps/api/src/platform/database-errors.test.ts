import { connectDatabase } from '@packline/database/client.ts'
import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { databaseOutage } from './database-errors.ts'

const app = await createTestApp()
const person = await signInAs(app, { accountId: await createAccount(app) })

/** From now on the server answers every change of a user so. */
async function failWith(sqlState: string) {
  await app.db.$executeRawUnsafe(`
    create or replace function fail_on_purpose() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file "base/16384/2619": Disk quota exceeded' using errcode = '${sqlState}'; end $$`)
  await app.db.$executeRawUnsafe(`
    create or replace trigger fail_on_purpose before update on "User" execute function fail_on_purpose()`)
}

test.each([
  [
    '53100',
    'database-full',
    'The database has no room left to write. Nothing was changed; tell whoever runs this server, and try again later.',
  ],
  [
    'XX000',
    'database-full',
    'The database has no room left to write. Nothing was changed; tell whoever runs this server, and try again later.',
  ],
  [
    '57014',
    'database-slow',
    'The database took too long to answer. Nothing was changed; try again in a moment.',
  ],
])('%s is no mistake of the request: 503 %s, and when to come back', async (sqlState, code, message) => {
  await failWith(sqlState)
  const response = await person.call('PATCH', '/user', { body: { firstName: 'Ida' } })
  expect(response.statusCode).toBe(503)
  expect(response.headers['retry-after']).toBe('2')
  expect(response.json()).toEqual({ code, message, requestId: expect.any(String) })
  expect((await person.call('GET', '/session')).statusCode).toBe(200)
})

test('a connection on which no answer comes is ended, and not handed to the next', async () => {
  const db = connectDatabase({ url: app.url, connections: 1, name: 'silent', statementTimeoutSeconds: 1 })
  // Without its own limit the server would be silent for as long as a cut network is.
  await db.$executeRaw`set statement_timeout = 0`
  const failure: unknown = await db.$queryRaw`select pg_sleep(600)`.catch((error: unknown) => error)
  expect(databaseOutage(failure)).toBe(true)
  expect(await db.$queryRaw`select current_setting('statement_timeout') as limit`).toEqual([{ limit: '1s' }])
  await db.$disconnect()
})
