import pg from 'pg'
import { whoActs } from './acting.ts'
import { ScopedPool } from './scoped-pool.ts'
import { endSilentConnections } from './silent-connections.ts'

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
  /** How long to wait for a free connection. */
  queueSeconds: number
  /**
   * Statements with a name are planned once, for whatever parameters: where one takes longer to plan than to run, such as
   * a page of a rollout (measured: 25 ms and 8 ms), the five plans that PostgreSQL makes first are felt.
   */
  plansOnce?: boolean
}

/**
 * Connections of which every session gives up by itself, on the server's side too, so that a process that dies or is cut
 * off holds its locks for seconds, not for minutes.
 */
export function openPool(settings: PoolSettings): pg.Pool {
  const { url, connections, name, statementTimeoutSeconds, actsFor, queueSeconds, plansOnce } = settings
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
    idle_in_transaction_session_timeout: 5_000,
    ...(plansOnce && { options: '-c plan_cache_mode=force_generic_plan' }),
  }
  const pool =
    actsFor === 'owner'
      ? new pg.Pool(config)
      : new ScopedPool(config, actsFor === 'system' ? () => ({ kind: 'system' }) : whoActs)
  // One that is lost while nobody uses it, or while it is being closed: the pool has let go of it by then.
  pool.on('error', () => undefined)
  // Between the pool and whoever it hands a connection to nobody hears its errors, and an error that nobody hears ends the
  // process. What was asked on the connection fails with it all the same.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  // By then the server has answered, if only that the statement took too long.
  endSilentConnections(pool, statementMillis + 500)
  return pool
}
