import { access, chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { applicationUrl, prepareApplicationLogin } from '@packline/database/application-login.ts'
import { checkLogin } from '@packline/database/check-login.ts'
import { keepsSessions } from '@packline/database/check-sessions.ts'
import { letLoginIn } from '@packline/database/database-roles.ts'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { isUpToDate, migrateDatabase } from '@packline/database/migrate.ts'
import pg from 'pg'
import type { Env } from './platform/env.ts'

export type OpenedDatabase =
  | { kind: 'opened'; url: string; close: () => Promise<void> }
  | { kind: 'refused'; sentence: string }

/** Any number will do; it marks a data directory as in use. */
const dataDirectoryLock = 727_002

/**
 * Opens the configured database, or the embedded one of the data directory, and brings its schema up to date as its
 * owner. The address it gives is that of the application, who owns nothing there.
 */
export async function openDatabase(env: Env): Promise<OpenedDatabase> {
  try {
    return env.databaseUrl === undefined
      ? await openEmbedded(env.dataDir)
      : await openConfigured(env.databaseUrl, env.migrationDatabaseUrl)
  } catch (error) {
    const where = env.databaseUrl === undefined ? `in ${env.dataDir}` : 'at DATABASE_URL'
    return { kind: 'refused', sentence: `The database ${where} cannot be opened: ${reasonOf(error)}` }
  }
}

async function openConfigured(url: string, ownerUrl: string | undefined): Promise<OpenedDatabase> {
  if (!(await keepsSessions(url))) return { kind: 'refused', sentence: sessionsShared }
  if (ownerUrl === undefined) return openAlone(url)
  await migrateDatabase(ownerUrl)
  const login = decodeURIComponent(new URL(url).username)
  await letLoginIn(ownerUrl, login)
  const problems = await checkLogin(url)
  return problems.length === 0
    ? configured(url)
    : {
        kind: 'refused',
        sentence: ['DATABASE_URL is not fit to serve requests:', ...problems].join(' '),
      }
}

/** With one user for everything, or with the application's alone where the owner's is kept elsewhere. */
async function openAlone(url: string): Promise<OpenedDatabase> {
  const isOwner = (await checkLogin(url)).length > 0
  if (isOwner) await migrateDatabase(url)
  else if (!(await isUpToDate(url))) return { kind: 'refused', sentence: migrationsMissing }
  return configured(url)
}

const sessionsShared =
  'DATABASE_URL leads to a pooler that hands sessions on between transactions. Let it keep them (pool_mode = session), or go to PostgreSQL itself: whose rows a statement reaches is said once a session.'

const migrationsMissing =
  'The database lacks migrations of this Packline, and the user of DATABASE_URL may not apply them. Set MIGRATION_DATABASE_URL to the owner of the database for one start.'

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
      url: applicationUrl(server.url('packline')),
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
  await migrateDatabase(server.url('packline'))
  await prepareApplicationLogin(server.url('packline'))
  return {
    kind: 'opened',
    url: applicationUrl(server.url('packline')),
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
