import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'

export type EventStream = {
  send: (data: unknown) => void
  end: () => void
}

/** Proxies and browsers take a silent connection for dead. */
const heartbeatMillis = 20_000
/** Whoever does not read what is sent is let go. */
const mostUnread = 64 * 1_024
/** How long a browser waits before it connects again. */
const reconnectMillis = 3_000

/**
 * Answers with server-sent events. Ends when the other side goes, when it does not read, and after `lifeMillis`: the
 * browser then connects again by itself, and is asked who it is again.
 */
export function sendEvents(
  reply: FastifyReply,
  { lifeMillis, onEnd }: { lifeMillis: number; onEnd: () => void },
): EventStream {
  const stream = new PassThrough()
  const write = (text: string) => {
    if (stream.writableEnded) return
    if (stream.writableLength > mostUnread) stream.destroy()
    else stream.write(text)
  }
  const end = () => void stream.end()
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMillis)
  const life = setTimeout(end, lifeMillis)
  stream.once('close', () => {
    clearInterval(heartbeat)
    clearTimeout(life)
    onEnd()
  })
  // A connection that breaks is how most of them end.
  stream.on('error', () => undefined)

  void reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies that gather an answer before they pass it on would pass nothing on.
      'x-accel-buffering': 'no',
    })
    .send(stream)
  write(`retry: ${reconnectMillis}\n\n`)
  return { send: (data) => write(`data: ${JSON.stringify(data)}\n\n`), end }
}
