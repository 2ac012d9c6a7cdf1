import { access, chmod, mkdir, stat } from 'node:fs/promises'
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

/** Opens the same database as it is, for reading; beside a Packline that runs on it, which is then left running. */
export async function openForReading(env: Env): Promise<OpenedDatabase> {
  if (env.databaseUrl !== undefined) return configured(env.databaseUrl)
  const directory = join(env.dataDir, 'postgres')
  try {
    await access(join(directory, 'PG_VERSION'))
    const server = await startEmbeddedPostgres(directory)
    const guard = await guardDirectory(server.url('postgres'))
    return {
      kind: 'opened',
      url: server.url('packline'),
      close: async () => {
        await guard.end()
        if (guard.isFree) await server.stop()
      },
    }
  } catch (error) {
    return {
      kind: 'refused',
      sentence: `The database in ${env.dataDir} cannot be opened: ${reasonOf(error)}`,
    }
  }
}

const configured = (url: string): OpenedDatabase => ({ kind: 'opened', url, close: () => Promise.resolve() })

async function openEmbedded(dataDir: string): Promise<OpenedDatabase> {
  await mkdir(dataDir, { recursive: true })
  if (process.getuid?.() === 0) await letOthersPass(dataDir)
  const server = await startEmbeddedPostgres(join(dataDir, 'postgres'))
  const guard = await guardDirectory(server.url('postgres'))
  if (!guard.isFree) {
    await guard.end()
    return {
      kind: 'refused',
      sentence: `Another Packline is already running on the data directory ${dataDir}. Stop it first, or set DATA_DIR to another directory.`,
    }
  }
  const { rowCount } = await guard.client.query("select from pg_database where datname = 'packline'")
  if (rowCount === 0) await guard.client.query('create database packline')
  return {
    kind: 'opened',
    url: server.url('packline'),
    close: async () => {
      await guard.end()
      await server.stop()
    },
  }
}

/** Marks the data directory as in use until it ends; not free where another process has done so. */
async function guardDirectory(url: string) {
  // The lock lives in a session, so it is free again however the process that held it ended.
  const client = new pg.Client({ connectionString: url, application_name: 'packline data directory' })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
    dataDirectoryLock,
  ])
  return { client, isFree: rows[0]?.free === true, end: () => client.end() }
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
