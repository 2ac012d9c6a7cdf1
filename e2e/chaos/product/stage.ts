import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { migrateDatabase } from '@packline/database/migrate.ts'
import type { History } from '../history.ts'
import { createFleet } from './instances.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

const template = 'chaos_template'

let prepared: Promise<PostgresServer> | undefined

/** A server with a migrated database to copy. The first one is made and migrated; all are copies of it. */
export async function startServer(settings: Record<string, string> = {}): Promise<PostgresServer> {
  prepared ??= prepareServer()
  return startPostgres(settings, (await prepared).directory)
}

async function prepareServer() {
  const postgres = await startPostgres()
  const admin = sqlOf(postgres.url('postgres'))
  await admin.query(`create database ${template}`)
  await admin.end()
  await migrateDatabase(postgres.url(template))
  await postgres.stop()
  return postgres
}

/** Takes away what all servers were copied from. */
export const forgetPrepared = async () => (await prepared)?.remove()

/**
 * The product on a database of its own: any number of instances, started by the row. Business time begins on Saturday
 * 20 February 2027, noon in UTC, and is moved on by whoever needs a midnight.
 */
export async function openStage(
  postgres: PostgresServer,
  { name, history, environment }: { name: string; history: History; environment?: Record<string, string> },
) {
  const admin = sqlOf(postgres.url('postgres'))
  await admin.query(`create database ${name} template ${template}`)
  await admin.end()
  const url = postgres.url(name)
  const sql = sqlOf(url)
  const log = history.path.replace('.jsonl', '.log')
  const fleet = createFleet({ databaseUrl: url, log, ...(environment && { environment }) })
  const stage = {
    postgres,
    url,
    /** Our own look into the database, which the product knows nothing of; opens again by itself. */
    sql,
    fleet,
    history,
    clock: createClock(sql),
    async close() {
      await fleet.stopAll()
      await sql.end()
    },
  }
  await stage.clock.set('2027-02-20T12:00:00Z')
  return stage
}

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Sql = pg.Pool

/** Dates come as text, exactly as the database has them. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Opens again by itself when the server was away. */
export function sqlOf(url: string): Sql {
  const pool = new pg.Pool({
    connectionString: url,
    max: 3,
    // Kept, for when the product leaves no other.
    idleTimeoutMillis: 0,
    application_name: 'chaos',
    options: '-c lock_timeout=20s',
  })
  // An idle connection that the server ends is replaced by the next query.
  pool.on('error', () => undefined)
  return pool
}

/** Business time, which all instances take from the database. */
function createClock(sql: Sql) {
  const ask = async () => {
    const { rows } = await sql.query<{ now: string }>(
      `select to_char(app_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
    )
    return Temporal.Instant.from(rows[0]?.now ?? '')
  }
  /** Also while the server is away for a moment. */
  const patiently = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (let attempt = 1; attempt < 100; attempt += 1) {
      try {
        return await work()
      } catch {
        await wait(100)
      }
    }
    return work()
  }
  const read = () => patiently(ask)
  const set = async (instant: string) => {
    await patiently(() => sql.query('select set_app_clock($1)', [instant]))
    await wakeJobs(sql)
  }
  return { read, set }
}

/** Time that jumps wakes nobody by itself; without this the release job would look within five seconds. */
export const wakeJobs = (sql: Sql) => sql.query(`select pg_notify('packline_releases', '')`)
