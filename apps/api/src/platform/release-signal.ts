import type { Tx } from '@packline/database/client.ts'
import pg from 'pg'

/** The channel on which the background jobs of all instances listen. */
const releaseChannel = 'packline_releases'

/** Wakes the background jobs once this transaction is committed: something may be due, or due at another time. */
export async function notifyReleaseJob(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${releaseChannel}, '')`
}

/**
 * Listens on a connection of its own and calls `onSignal` for every change. Signals are hints: while the connection is
 * away they are lost, and it is opened again.
 */
export function listenForReleases(url: string, onSignal: () => void) {
  let isClosed = false
  let client: pg.Client | undefined

  async function connect() {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'packline release signal',
      keepAlive: true,
    })
    client = next
    next.on('notification', onSignal)
    next.on('error', () => undefined)
    next.on('end', () => {
      if (!isClosed) setTimeout(() => void open(), reconnectMillis).unref()
    })
    await next.connect()
    await next.query(`listen ${releaseChannel}`)
  }
  // A failed attempt ends the connection, and its end brings the next attempt.
  const open = () => connect().catch(() => client?.end().catch(() => undefined))
  void open()

  return {
    close: async () => {
      isClosed = true
      await client?.end().catch(() => undefined)
    },
  }
}

const reconnectMillis = 2_000
