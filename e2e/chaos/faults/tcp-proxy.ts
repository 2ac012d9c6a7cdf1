import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * What the way between an instance and its database is like. `stalled` holds everything back until it is over.
 * `half-open` is a cut network: what is sent gets lost, neither side is told, and a connection from that time stays
 * lost for good.
 */
export type Way =
  | { kind: 'open' }
  | { kind: 'slow'; millis: number; jitter: number }
  | { kind: 'stalled' }
  | { kind: 'half-open' }

type Connection = { client: Socket; server: Socket; isLost: boolean }

/** A way to a TCP server that can be made bad. */
export async function startTcpProxy(target: { host: string; port: number }) {
  let way: Way = { kind: 'open' }
  let change = Promise.withResolvers<void>()
  const connections = new Set<Connection>()

  const proxy = createServer((client) => {
    const connection = { client, server: connect(target), isLost: way.kind === 'half-open' }
    connections.add(connection)
    carry(connection, client, connection.server)
    carry(connection, connection.server, client)
  })

  /** One direction, byte for byte and in order; its end is carried like everything else. */
  function carry(connection: Connection, from: Socket, to: Socket) {
    let last = Promise.resolve()
    const inOrder = (action: () => void) => {
      last = last.then(passable).then(() => (connection.isLost ? undefined : action()))
    }
    from.on('data', (bytes: Buffer) => inOrder(() => to.write(bytes)))
    from.on('error', () => undefined)
    from.on('close', () => {
      inOrder(() => {
        connections.delete(connection)
        to.destroy()
      })
    })
  }

  async function passable() {
    while (way.kind === 'stalled') await change.promise
    if (way.kind === 'slow') await wait(way.millis + Math.random() * way.jitter)
  }

  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    become: (next: Way) => {
      way = next
      change.resolve()
      change = Promise.withResolvers()
      if (next.kind === 'half-open') for (const connection of connections) connection.isLost = true
    },
    /** Both sides learn at once that their connection is gone. */
    reset: () => {
      for (const { client, server } of connections) {
        client.resetAndDestroy()
        server.resetAndDestroy()
      }
    },
    close: () => {
      for (const { client, server } of connections) {
        client.destroy()
        server.destroy()
      }
      proxy.close()
    },
  }
}

/** The address of a database as it is reached through a proxy. */
export function throughProxy(databaseUrl: string, { port }: { port: number }): string {
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return url.href
}
