import { connect } from 'node:net'
import { request } from 'node:http'

export type RawAnswer = {
  /** Of each answer that came, in order; none where the server only hung up. */
  statuses: number[]
  text: string
}

/**
 * Sends these bytes as they are on a connection of their own, and reads until it ends. A server that says nothing for
 * longer than the client's patience may be waiting for more itself: then the client hangs up.
 */
export async function sendRaw(
  port: number,
  bytes: string | Buffer,
  patienceMillis: number,
): Promise<RawAnswer> {
  const chunks: Buffer[] = []
  await new Promise<void>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    // Being cut off is an answer as well.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve())
    socket.setTimeout(patienceMillis, () => socket.end())
    socket.write(bytes)
  })
  const text = Buffer.concat(chunks).toString('latin1')
  return {
    statuses: [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status)),
    text,
  }
}

type Sent = { method: string; path: string; headers: Record<string, string>; body?: string | undefined }

/** Sends a request over a real connection. */
export async function sendOverTheWire(port: number, { method, path, headers, body }: Sent) {
  return new Promise<{ statusCode: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      // For GET and DELETE nobody adds it by themselves.
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const options = {
        port,
        host: '127.0.0.1',
        agent: false,
        method,
        path,
        headers: { ...headers, ...length },
      }
      const sent = request(options, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            statusCode: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    },
  )
}
