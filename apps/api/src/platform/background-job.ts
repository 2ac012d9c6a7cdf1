import type { FastifyInstance } from 'fastify'
import { patienceMillis } from './closing.ts'
import { restUntilStopped } from './stop-signal.ts'

/**
 * Works beside the requests, from when the server is ready. Told to stop as soon as the server begins to close, together
 * with all other work and while requests are finished; connections end once it has, or has taken too long for it.
 */
export function workInBackground(
  app: FastifyInstance,
  work: (stop: AbortSignal) => Promise<void>,
  atMostMillis = patienceMillis,
) {
  const stopping = new AbortController()
  let working: Promise<void> = Promise.resolve()
  let ended: Promise<unknown> = working
  app.addHook('onReady', () => {
    working = work(stopping.signal)
  })
  app.addHook('preClose', () => {
    stopping.abort()
    const enough = new AbortController()
    ended = Promise.race([
      working.finally(() => enough.abort()),
      restUntilStopped(atMostMillis, enough.signal),
    ])
  })
  app.addHook('onClose', async () => void (await ended))
}
