import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client.ts'
import { createStatementNames } from './statement-names.ts'

export type Database = PrismaClient
/** The client inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

export type PoolSettings = {
  url: string
  connections: number
  /** What the pool is for, as shown by pg_stat_activity. */
  name: string
  statementTimeoutSeconds: number
  /** How long to wait for a free connection; few seconds where a person waits. */
  queueSeconds?: number
  /**
   * For many small statements that come again and again: each connection keeps their plans. Not for the job, whose
   * statements take hundreds of rows one time and none the next, and are better planned anew.
   */
  keepsPlans?: boolean
}

/**
 * A client with a pool of its own. Every session gives up by itself, on the server's side too, so that a process that
 * dies or is cut off holds its locks for seconds, not for minutes.
 */
export function connectDatabase(settings: PoolSettings): Database {
  const { url, connections, name, statementTimeoutSeconds, queueSeconds = 5, keepsPlans = false } = settings
  const config = {
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
  const adapter = new PrismaPg(config, keepsPlans ? { statementNameGenerator: createStatementNames() } : {})
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: (queueSeconds - 1) * 1_000, timeout: statementTimeoutSeconds * 1_000 },
  })
}
