import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { prepareRoles, systemRole } from './database-roles.ts'
import { openSchemaEngine } from './schema-engine.ts'

const root = join(import.meta.dirname, '..')
const migrationsDirectory = join(root, 'migrations')

/** Any number will do, as long as every instance takes the same one. */
const migrationLock = 727_001

/**
 * Applies the migrations the database lacks and says their names. Several instances may start at once:
 * the first migrates, the others wait for it and find nothing left to do.
 */
export async function migrateDatabase(url: string): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url, application_name: 'packline migrate' })
  await guard.connect()
  try {
    await guard.query('select pg_advisory_lock($1)', [migrationLock])
    await prepareRoles(guard)
    const migrations = await readMigrations()
    if ((await appliedMigrations(guard)) === migrations.map(({ path }) => path).join()) return []

    const schema = await readFile(join(root, 'schema.prisma'), 'utf8')
    const { engine, close } = await openSchemaEngine(url, schema)
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: {
          baseDir: migrationsDirectory,
          lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
          shadowDbInitScript: '',
          migrationDirectories: migrations,
        },
        filters: { externalTables: [], externalEnums: [] },
      })
      return appliedMigrationNames
    } finally {
      await close()
    }
  } finally {
    await guard.end()
  }
}

/** True when every migration of this build is in the database; false also when it cannot be asked. */
export async function isMigrated(query: (sql: string) => Promise<{ name: string }[]>): Promise<boolean> {
  const known = (await readMigrations()).map(({ path }) => path)
  const applied = new Set((await query(appliedSql)).map(({ name }) => name))
  return known.every((name) => applied.has(name))
}

/** As `isMigrated`, asked by somebody who may do nothing but act as the application. */
export async function isUpToDate(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'packline check' })
  await client.connect()
  try {
    await client.query(`set role ${systemRole}`)
    return await isMigrated(async (sql) => (await client.query<{ name: string }>(sql)).rows)
  } finally {
    await client.end()
  }
}

const appliedSql = `select migration_name as name from _prisma_migrations
  where finished_at is not null and rolled_back_at is null order by migration_name`

/** Spares the engine's start of half a second where there is nothing to do. */
async function appliedMigrations(client: pg.Client): Promise<string | undefined> {
  const { rows: tables } = await client.query<{ exists: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as exists`,
  )
  if (!tables[0]?.exists) return undefined
  const { rows } = await client.query<{ name: string }>(appliedSql)
  return rows.map(({ name }) => name).join()
}

async function readMigrations() {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(join(migrationsDirectory, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
}
