import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { whoActs } from './acting.ts'
import { PrismaClient } from './generated/client.ts'
import { ScopedPool } from './scoped-pool.ts'

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
}

/**
 * A client with a pool of its own. Every session gives up by itself, on the server's side too, so that a process that
 * dies or is cut off holds its locks for seconds, not for minutes.
 */
export function connectDatabase(settings: PoolSettings): Database {
  const { url, connections, name, statementTimeoutSeconds, actsFor, queueSeconds = 5 } = settings
  const config: pg.PoolConfig = {
    connectionString: url,
    max: connections,
    application_name: `packline ${name}`,
    keepAlive: true,
    connectionTimeoutMillis: queueSeconds * 1_000,
    statement_timeout: statementTimeoutSeconds * 1_000,
    query_timeout: (statementTimeoutSeconds + 2) * 1_000,
    lock_timeout: 4_000,
    idle_in_transaction_session_timeout: 8_000,
  }
  const pool =
    actsFor === 'owner'
      ? new pg.Pool(config)
      : new ScopedPool(config, actsFor === 'system' ? () => ({ kind: 'system' }) : whoActs)
  const adapter = new PrismaPg(pool, { disposeExternalPool: true })
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: (queueSeconds - 1) * 1_000, timeout: statementTimeoutSeconds * 1_000 },
  })
}
