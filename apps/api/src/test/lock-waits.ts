import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '@packline/database/client.ts'

/** Waits until that many sessions of this database wait for a lock, so that a race is forced and not hoped for. */
export async function untilSomeoneWaitsForALock(db: Database, howMany = 1) {
  const deadline = performance.now() + 10_000
  while (performance.now() < deadline) {
    const rows = await db.$queryRaw<unknown[]>`
      select a.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where not l.granted and a.datname = current_database()`
    if (rows.length >= howMany) return
    await wait(10)
  }
  throw new Error('Nobody waits for a lock')
}
