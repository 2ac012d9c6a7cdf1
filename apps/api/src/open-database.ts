import { chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { migrateDatabase } from '@packline/database/migrate.ts'
import pg from 'pg'
import type { Env } from './platform/env.ts'

export type OpenedDatabase =
  | { kind: 'opened'; url: string; close: () => Promise<void> }
  | { kind: 'refused'; sentence: string }

/** Any number will do; it marks a data directory as in use. */
const dataDirectoryLock = 727_002

/** Opens the configured database, or the embedded one of the data directory, and brings its schema up to date. */
export async function openDatabase(env: Env): Promise<OpenedDatabase> {
  try {
    const database =
      env.databaseUrl === undefined ? await openEmbedded(env.dataDir) : configured(env.databaseUrl)
    if (database.kind === 'opened') await migrateDatabase(database.url)
    return database
  } catch (error) {
    const where = env.databaseUrl === undefined ? `in ${env.dataDir}` : 'at DATABASE_URL'
    return { kind: 'refused', sentence: `The database ${where} cannot be opened: ${reasonOf(error)}` }
  }
}

const configured = (url: string): OpenedDatabase => ({ kind: 'opened', url, close: () => Promise.resolve() })

async function openEmbedded(dataDir: string): Promise<OpenedDatabase> {
  await mkdir(dataDir, { recursive: true })
  if (process.getuid?.() === 0) await letOthersPass(dataDir)
  const server = await startEmbeddedPostgres(join(dataDir, 'postgres'))
  // The lock lives in a session, so it is free again however the process that held it ended.
  const guard = new pg.Client({
    connectionString: server.url('postgres'),
    application_name: 'packline data directory',
  })
  guard.on('error', () => undefined)
  await guard.connect()
  const { rows } = await guard.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
    dataDirectoryLock,
  ])
  if (!rows[0]?.free) {
    await guard.end()
    return {
      kind: 'refused',
      sentence: `Another Packline is already running on the data directory ${dataDir}. Stop it first, or set DATA_DIR to another directory.`,
    }
  }
  const { rowCount } = await guard.query("select from pg_database where datname = 'packline'")
  if (rowCount === 0) await guard.query('create database packline')
  return {
    kind: 'opened',
    url: server.url('packline'),
    close: async () => {
      await guard.end()
      await server.stop()
    },
  }
}

/** Root's PostgreSQL runs as another user, who must get through to its own folder in here. */
async function letOthersPass(directory: string) {
  const { mode } = await stat(directory)
  await chmod(directory, mode | 0o011)
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
