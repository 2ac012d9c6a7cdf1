import { access, chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { applicationUrl, prepareApplicationLogin } from '@packline/database/application-login.ts'
import { checkLogin } from '@packline/database/check-login.ts'
import { keepsSessions } from '@packline/database/check-sessions.ts'
import { letLoginIn } from '@packline/database/database-roles.ts'
import { type EmbeddedServer, startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import { isUpToDate, migrateDatabase } from '@packline/database/migrate.ts'
import pg from 'pg'
import { lockDataDirectory } from './data-directory-lock.ts'
import { reasonOf } from './orderly-end.ts'
import type { Env } from './platform/env.ts'

export type OpenedDatabase =
  | { kind: 'opened'; url: string; close: () => Promise<void> }
  | { kind: 'refused'; sentence: string }

/**
 * Opens the configured database, or the embedded one of the data directory, and brings its schema up to date as its
 * owner. The address it gives is that of the application, who owns nothing there. When it refuses, or the signal says
 * that nobody wants it any more, no embedded server that it started is left running.
 */
export async function openDatabase(env: Env, signal?: AbortSignal): Promise<OpenedDatabase> {
  try {
    return env.databaseUrl === undefined
      ? await openEmbedded(env.dataDir, signal)
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
    const free = lockDataDirectory(env.dataDir)
    const server = await startEmbeddedPostgres(directory)
    return {
      kind: 'opened',
      url: applicationUrl(server.url('packline')),
      close: async () => {
        // Otherwise it is the server of whoever has the directory.
        if (!free) return
        await server.stop()
        free()
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

async function openEmbedded(dataDir: string, signal: AbortSignal | undefined): Promise<OpenedDatabase> {
  await mkdir(dataDir, { recursive: true })
  if (process.getuid?.() === 0) await letOthersPass(dataDir)
  // Before there is a server or even its directory: of two first starts at once, one makes them.
  const free = lockDataDirectory(dataDir)
  if (!free) {
    return {
      kind: 'refused',
      sentence: `Another Packline is already running on the data directory ${dataDir}. Stop it first, or set DATA_DIR to another directory.`,
    }
  }
  let server: EmbeddedServer | undefined
  const close = async () => {
    await server?.stop()
    free()
  }
  try {
    server = await startEmbeddedPostgres(join(dataDir, 'postgres'))
    // Later it is migrated to the end: a migration that is broken off has to be mended by hand.
    signal?.throwIfAborted()
    await prepareEmbedded(server)
    return { kind: 'opened', url: applicationUrl(server.url('packline')), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function prepareEmbedded({ url }: EmbeddedServer) {
  const client = new pg.Client({ connectionString: url('postgres'), application_name: 'packline start' })
  await client.connect()
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'packline'")
    if (rowCount === 0) await client.query('create database packline')
  } finally {
    await client.end()
  }
  await migrateDatabase(url('packline'))
  await prepareApplicationLogin(url('packline'))
}

/** Root's PostgreSQL runs as another user, who must get through to its own folder in here. */
async function letOthersPass(directory: string) {
  const { mode } = await stat(directory)
  await chmod(directory, mode | 0o011)
}
