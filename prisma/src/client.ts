import { PrismaPg } from '@prisma/adapter-pg'
import type { GetPrismaClientConfig } from '@prisma/client/runtime/client'
import type pg from 'pg'
import { PrismaClient } from './generated/client.ts'
import { openPool, type PoolSettings } from './open-pool.ts'
import { createStatementNames, takesOneRow } from './statement-names.ts'
import { watchStatements } from './watch-statements.ts'

export type Database = PrismaClient
/** The client inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

type ClientSettings = Omit<PoolSettings, 'queueSeconds'> & {
  /** How long to wait for a free connection; few seconds where a person waits. */
  queueSeconds?: number
  /**
   * For many small statements that come again and again: each connection keeps their plans. Only of one row for the job,
   * whose other statements take hundreds of rows one time and none the next, and are better planned anew.
   */
  keepsPlans?: boolean | 'of-one-row'
  /** For one whose statements are written in SQL, but for a few: these take Prisma some milliseconds more. */
  writesSql?: boolean
}

/** A client with a pool of its own. */
export function connectDatabase(settings: ClientSettings): Database {
  const { queueSeconds = 5, keepsPlans = false, writesSql = false, ...rest } = settings
  const pool = openPool({ ...rest, queueSeconds })
  const db: Database = new PrismaClient({
    adapter: watchStatements(
      new PrismaPg(pool, {
        disposeExternalPool: true,
        ...(keepsPlans !== false && {
          statementNameGenerator: createStatementNames(keepsPlans === 'of-one-row' ? takesOneRow : undefined),
        }),
      }),
    ),
    transactionOptions: {
      maxWait: (queueSeconds - 1) * 1_000,
      timeout: 2 * settings.statementTimeoutSeconds * 1_000,
    },
    ...(writesSql && withoutPlans),
  })
  pools.set(db, pool)
  return db
}

/**
 * Each client unfolds a graph of everything that could be asked, so as to use the plans of its statements again with other
 * values: 9 MB. No setting that is meant for it leaves the graph out; this one has no nodes.
 */
const withoutPlans: object = {
  queryPlanCacheMaxSize: 0,
  __internal: {
    configOverride: (config: GetPrismaClientConfig) => ({
      ...config,
      parameterizationSchema: { strings: [], graph: 'AAAA' },
    }),
  },
}

const pools = new WeakMap<Database, pg.Pool>()

/** How much of its pool a client uses right now; `waiting` are those who want a connection and have none. */
export function poolUse(database: Database) {
  const pool = pools.get(database)
  if (!pool) throw new Error('This client was not made by connectDatabase')
  const { totalCount, idleCount, waitingCount } = pool
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount, limit: pool.options.max }
}
