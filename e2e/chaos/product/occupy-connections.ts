import pg from 'pg'
import type { Stage } from './stage.ts'

/** Takes so many connections for nothing that few are left, and ends those that the product has. */
export async function occupyConnections({ sql, url }: Stage, left: number) {
  const { rows } = await sql.query<{ free: number }>(
    `select current_setting('max_connections')::int - count(*)::int as free from pg_stat_activity
     where backend_type = 'client backend' and application_name not like 'packline %'`,
  )
  const taken = Array.from({ length: (rows[0]?.free ?? 0) - left }, () => {
    const client = new pg.Client({ connectionString: url, application_name: 'chaos occupies' })
    client.on('error', () => undefined)
    return client
  })
  // As many as the product has must go first, and would come back between; so all at once.
  await sql.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'packline %'`,
  )
  await Promise.allSettled(taken.map((client) => client.connect()))
  return { free: () => Promise.allSettled(taken.map((client) => client.end())) }
}
