import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

/** A fresh, migrated database of its own for the test file that calls it; gone when the file is done. */
export async function createTestDatabase(): Promise<string> {
  const base = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(base, `create database ${name} template packline_template`)
  afterAll(() => asAdmin(base, `drop database ${name} with (force)`))
  return `${base}${name}`
}

/** Runs one statement on the test server outside any test database. */
export async function asAdmin(base: string, statement: string) {
  const client = new pg.Client({ connectionString: `${base}postgres` })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
