import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareApplicationLogin } from '@packline/database/application-login.ts'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { migrateDatabase } from '@packline/database/migrate.ts'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test server, without a database name. */
    postgresUrl: string
    postgresDirectory: string
  }
}

/** One PostgreSQL server a run, with a migrated template database that each test file copies. */
export default async function startPostgres(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), 'packline-test-'))
  // Tests of crashes use servers of their own; here nobody pulls the plug, so waiting for the disk buys nothing.
  const server = await startEmbeddedPostgres(directory, { fsync: 'off', max_connections: '300' })
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query('create database packline_template')
  await admin.end()
  await migrateDatabase(server.url('packline_template'))
  await prepareApplicationLogin(server.url('postgres'))
  project.provide('postgresUrl', server.url(''))
  project.provide('postgresDirectory', directory)

  return async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
