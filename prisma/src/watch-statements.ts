import { tracingChannel } from 'node:diagnostics_channel'
import type { SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils'

/** A statement on its way to the database: its text, in which values are numbered places. */
export type Statement = { sql: string }

/** Told when a statement begins, ends or fails; telling nobody costs nothing. */
export const statements = tracingChannel<Statement, unknown>('packline:statement')

/** Lets whoever subscribes to `statements` see every statement of the clients made with this. */
export function watchStatements(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = watched(await factory.connect())
      const begin = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolation) => watched(await begin(isolation))
      return adapter
    },
  }
}

function watched<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const [query, execute] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)]
  queryable.queryRaw = (params) => statements.tracePromise(() => query(params), { sql: params.sql })
  queryable.executeRaw = (params) => statements.tracePromise(() => execute(params), { sql: params.sql })
  return queryable
}
