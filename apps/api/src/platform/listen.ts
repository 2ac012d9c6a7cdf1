import pg from 'pg'

type Listening = {
  channel: string | readonly string[]
  /** Shown by pg_stat_activity. */
  name: string
  onSignal: (payload: string, channel: string) => void
  /** The connection listens, for the first time or again: signals may have been missed until now. */
  onListening?: () => void
}

export type Listener = { close: () => Promise<void> }

/**
 * Listens on a connection of its own and calls `onSignal` for every notification. Signals are hints: while the
 * connection is away they are lost, and it is opened again.
 */
export function listenTo(url: string, { channel, name, onSignal, onListening }: Listening): Listener {
  let isClosed = false
  let client: pg.Client | undefined

  async function connect() {
    const next = new pg.Client({
      connectionString: url,
      application_name: name,
      keepAlive: true,
      connectionTimeoutMillis: answerMillis,
      query_timeout: answerMillis,
    })
    client = next
    next.on('notification', (signal) => onSignal(signal.payload ?? '', signal.channel))
    next.on('error', () => undefined)
    next.on('end', () => {
      if (!isClosed) setTimeout(() => void open(), reconnectMillis).unref()
    })
    const listen = async () => {
      for (const one of [channel].flat()) await next.query(`listen ${one}`)
    }
    await next.connect()
    await listen()
    onListening?.()
    // Behind a cut network there would be silence for hours, as if nothing ever happened.
    const asking = setInterval(() => {
      listen().catch(() => next.connection.stream.destroy())
    }, askMillis)
    asking.unref()
    next.on('end', () => clearInterval(asking))
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

const reconnectMillis = 500
/** How often the connection is told to listen once more, to see that it is there, and how soon it has to answer. */
const askMillis = 3_000
const answerMillis = 2_000
