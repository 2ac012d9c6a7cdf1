import { openPool } from '@packline/database/open-pool.ts'
import { afterAll, expect, inject, test } from 'vitest'
import { asAdmin, createTestDatabase } from '../test/test-database.ts'

const pool = openPool({
  url: await createTestDatabase(),
  connections: 1,
  name: 'lost connection',
  statementTimeoutSeconds: 4,
  actsFor: 'system',
  queueSeconds: 4,
})
afterAll(() => pool.end())

// Node ends the process at an error that nobody hears; vitest fails.

test('a connection that is lost while it is told for whom it acts fails who asked for it, and nobody else', async () => {
  pool.once('acquire', ({ connection: { stream } }) => setImmediate(() => stream.destroy()))
  await expect(pool.connect()).rejects.toThrow('Connection terminated')

  const { rows } = await pool.query<{ current_user: string }>('select current_user')
  expect(rows).toEqual([{ current_user: expect.stringContaining('system') }])
})

test('a connection that is lost while nobody uses it fails nobody', async () => {
  const backend = async () =>
    (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  const lost = await backend()
  const gone = new Promise((resolve) => pool.once('remove', resolve))
  await asAdmin(inject('postgresUrl'), `select pg_terminate_backend(${lost})`)
  await gone
  expect(await backend()).not.toBe(lost)
})
