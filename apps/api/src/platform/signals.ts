import pg from 'pg'

type Listening = {
  /** Of PostgreSQL, as `notify` names them. */
  channels: readonly string[]
  onSignal: (payload: string, channel: string) => void
  /** The channels are listened on, for the first time or again: signals may have been missed until now. */
  onListening?: () => void
}

export type Listener = { close: () => void }

export type Signals = { listen: (listening: Listening) => Listener; close: () => Promise<void> }

/**
 * Hears the notifications of PostgreSQL for the whole instance on one connection, from the first listener on. Signals are
 * hints: while the connection is away they are lost, and it is opened again.
 */
export function createSignals(url: string): Signals {
  const listeners = new Set<Listening>()
  let isClosed = false
  let opened: pg.Client | undefined
  /** The same one while it is connected. */
  let listening: pg.Client | undefined

  async function connect() {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'packline signals',
      keepAlive: true,
      connectionTimeoutMillis: answerMillis,
      query_timeout: answerMillis,
    })
    opened = client
    client.on('notification', ({ channel, payload = '' }) => {
      for (const one of listeners) if (one.channels.includes(channel)) one.onSignal(payload, channel)
    })
    client.on('error', () => undefined)
    // Behind a cut network there would be silence for hours, as if nothing ever happened.
    const asking = setInterval(() => {
      if (listening === client) void begin(client, [])
    }, askMillis).unref()
    client.on('end', () => {
      clearInterval(asking)
      listening = undefined
      setTimeout(() => {
        if (!isClosed) void open()
      }, reconnectMillis).unref()
    })
    await client.connect()
    listening = client
    await begin(client, [...listeners])
  }
  // A failed attempt ends the connection, and its end brings the next attempt.
  const open = () => connect().catch(() => opened?.end().catch(() => undefined))

  /** Listens on every channel, and tells those who begin now. Without an answer the connection is given up. */
  async function begin(client: pg.Client, beginners: readonly Listening[]) {
    const channels = new Set([...listeners].flatMap((one) => one.channels))
    try {
      await client.query([...channels].map((channel) => `listen ${channel}`).join(';'))
    } catch {
      client.connection.stream.destroy()
      return
    }
    for (const { onListening } of beginners) onListening?.()
  }

  return {
    listen: (one) => {
      listeners.add(one)
      if (!opened) void open()
      else if (listening) void begin(listening, [one])
      return { close: () => void listeners.delete(one) }
    },
    close: async () => {
      isClosed = true
      await opened?.end().catch(() => undefined)
    },
  }
}

const reconnectMillis = 500
/** How often the connection is told to listen once more, to see that it is there, and how soon it has to answer. */
const askMillis = 3_000
const answerMillis = 2_000
