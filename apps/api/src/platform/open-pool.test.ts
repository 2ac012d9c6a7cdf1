import { ScopedPool } from '@packline/database/scoped-pool.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../test/test-database.ts'

const pool = new ScopedPool({ connectionString: await createTestDatabase(), max: 1 }, () => ({
  kind: 'system',
}))
afterAll(() => pool.end())

test('a connection that is lost while it is told for whom it acts fails who asked for it, and nobody else', async () => {
  // Node ends the process at an error that nobody hears; vitest fails.
  pool.once('acquire', ({ connection: { stream } }) => setImmediate(() => stream.destroy()))
  await expect(pool.connect()).rejects.toThrow('Connection terminated')

  const { rows } = await pool.query<{ current_user: string }>('select current_user')
  expect(rows).toEqual([{ current_user: expect.stringContaining('system') }])
})
