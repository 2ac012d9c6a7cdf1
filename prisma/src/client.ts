import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { whoActs } from './acting.ts'
import { PrismaClient } from './generated/client.ts'
import { makeRoomIn } from './make-room.ts'
import { ScopedPool } from './scoped-pool.ts'
import { endSilentConnections } from './silent-connections.ts'
import { createStatementNames } from './statement-names.ts'
import { watchStatements } from './watch-statements.ts'

export type Database = PrismaClient
/** The client inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

export type PoolSettings = {
  url: string
  connections: number
  /** What the pool is for, as shown by pg_stat_activity. */
  name: string
  statementTimeoutSeconds: number
  /**
   * Whoever acts, and nobody outside of anything begun; the system, whatever goes on around it; or the user of the address
   * itself, for tests and measurements that own their database.
   */
  actsFor: 'whoever-acts' | 'system' | 'owner'
  /** How long to wait for a free connection; few seconds where a person waits. */
  queueSeconds?: number
  /**
   * For many small statements that come again and again: each connection keeps their plans. Not for the job, whose
   * statements take hundreds of rows one time and none the next, and are better planned anew.
   */
  keepsPlans?: boolean
  /**
   * Those plans are made once, for whatever parameters: where a statement takes longer to plan than to run, such as a page
   * of a rollout (measured: 25 ms and 8 ms), the five plans that PostgreSQL makes first for each name are felt.
   */
  plansOnce?: boolean
}

/**
 * A client with a pool of its own. Every session gives up by itself, on the server's side too, so that a process that
 * dies or is cut off holds its locks for seconds, not for minutes.
 */
export function connectDatabase(settings: PoolSettings): Database {
  const {
    url,
    connections,
    name,
    statementTimeoutSeconds,
    actsFor,
    queueSeconds = 5,
    keepsPlans = false,
    plansOnce = false,
  } = settings
  const statementMillis = statementTimeoutSeconds * 1_000
  const config: pg.PoolConfig = {
    connectionString: url,
    max: connections,
    application_name: `packline ${name}`,
    keepAlive: true,
    connectionTimeoutMillis: queueSeconds * 1_000,
    // Sooner than a connection counts as silent.
    idleTimeoutMillis: Math.min(statementMillis, 10_000),
    statement_timeout: statementMillis,
    lock_timeout: Math.min(statementMillis - 1_000, 4_000),
    idle_in_transaction_session_timeout: 8_000,
    ...(plansOnce && { options: '-c plan_cache_mode=force_generic_plan' }),
  }
  const pool =
    actsFor === 'owner'
      ? new pg.Pool(config)
      : new ScopedPool(config, actsFor === 'system' ? () => ({ kind: 'system' }) : whoActs)
  // Between the pool and whoever it hands a connection to nobody hears its errors, and an error that nobody hears ends the
  // process. What was asked on the connection fails with it all the same.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  // By then the server has answered, if only that the statement took too long.
  endSilentConnections(pool, statementMillis + 500)
  const db: Database = new PrismaClient({
    adapter: watchStatements(
      new PrismaPg(pool, {
        disposeExternalPool: true,
        ...(keepsPlans && { statementNameGenerator: createStatementNames() }),
      }),
    ),
    transactionOptions: { maxWait: (queueSeconds - 1) * 1_000, timeout: 2 * statementMillis },
  })
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<Database, pg.Pool>()

/** How much of its pool a client uses right now; `waiting` are those who want a connection and have none. */
export function poolUse(database: Database) {
  const pool = pools.get(database)
  if (!pool) throw new Error('This client was not made by connectDatabase')
  const { totalCount, idleCount, waitingCount } = pool
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount, limit: pool.options.max }
}

/** Gives one of this client's connections up for somebody who found none left on the server. */
export function makeRoom(db: Database) {
  const pool = pools.get(db)
  if (pool) makeRoomIn(pool)
}
