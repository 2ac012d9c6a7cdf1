import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/**
 * A connection that sends GET requests one after the other and reads no more of an answer than it must: the client runs
 * on the same two cores as what it measures.
 */
async function openConnection(url: string) {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return { get: (path: string, cookie: string) => get(socket, path, cookie), close: () => socket.destroy() }
}
type Connection = Awaited<ReturnType<typeof openConnection>>

function get(socket: Socket, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer: Buffer = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk])
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = answer.toString('latin1', 0, end)
      const length = /content-length: (\d+)/i.exec(head)?.[1]
      if (length !== undefined && answer.length < end + 4 + Number(length)) return
      settle(length === undefined ? new Error(`An answer without its length: ${head}`) : undefined)
    }
    const settle = (error?: Error) => {
      socket.off('data', onData).off('close', onClose)
      if (error) reject(error)
      else resolve(Number(answer.toString('latin1', 9, 12)))
    }
    const onClose = () => settle(new Error('The server closed the connection'))
    socket.on('data', onData).once('close', onClose)
    socket.write(`GET ${path} HTTP/1.1\r\nhost: bench\r\ncookie: ${cookie}\r\n\r\n`)
  })
}

export type Target = { url: string; path: string; cookies: readonly string[] }

/** Requests a second through fifty connections that never rest; every answer must be 200. */
export async function requestsPerSecond({ url, path, cookies }: Target, seconds: number): Promise<number> {
  const connections = await Promise.all(Array.from({ length: 50 }, () => openConnection(url)))
  let sent = 0
  const run = async (until: number) => {
    const before = sent
    const started = performance.now()
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < until) await expectOk(connection, path, cookieOf(cookies, (sent += 1)))
      }),
    )
    return (sent - before) / ((performance.now() - started) / 1_000)
  }
  await run(performance.now() + 1_000)
  const rate = await run(performance.now() + seconds * 1_000)
  for (const connection of connections) connection.close()
  return rate
}

async function expectOk(connection: Connection, path: string, cookie: string) {
  const status = await connection.get(path, cookie)
  if (status !== 200) throw new Error(`GET ${path} was answered ${status}`)
}

/** Every session has a limit of its own, so requests come from many. */
const cookieOf = (cookies: readonly string[], index: number) => cookies[index % cookies.length] ?? ''

/** Requests at a fixed rate until told to stop, in milliseconds each from when it should have been sent. */
export async function steadyRequests(
  { url, path, cookies }: Target,
  perSecond: number,
  until: () => boolean,
) {
  const connections = await Promise.all(Array.from({ length: 100 }, () => openConnection(url)))
  const millis: number[] = []
  const started = performance.now()
  let next = 0
  const work = async (connection: Connection) => {
    while (!until()) {
      const index = next
      next += 1
      const due = started + (index * 1_000) / perSecond
      await untilTime(due)
      await expectOk(connection, path, cookieOf(cookies, index))
      millis.push(performance.now() - due)
    }
  }
  await Promise.all(connections.map(work))
  for (const connection of connections) connection.close()
  return millis
}

const untilTime = (at: number) =>
  new Promise<void>((resolve) => {
    const rest = at - performance.now()
    if (rest <= 0) resolve()
    else setTimeout(resolve, rest)
  })
