import { openPool } from '@packline/database/open-pool.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../test/test-database.ts'

const pool = openPool({
  url: await createTestDatabase(),
  connections: 1,
  name: 'lost connection',
  statementTimeoutSeconds: 4,
  actsFor: 'system',
  queueSeconds: 4,
})
afterAll(() => pool.end())

test('a connection that is lost while it is told for whom it acts fails who asked for it, and nobody else', async () => {
  // Node ends the process at an error that nobody hears; vitest fails.
  pool.once('acquire', ({ connection: { stream } }) => setImmediate(() => stream.destroy()))
  await expect(pool.connect()).rejects.toThrow('Connection terminated')

  const { rows } = await pool.query<{ current_user: string }>('select current_user')
  expect(rows).toEqual([{ current_user: expect.stringContaining('system') }])
})
