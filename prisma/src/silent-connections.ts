import { Socket } from 'node:net'
import type pg from 'pg'

/**
 * Ends connections on which nothing was sent or received for so long. Behind a cut network an answer never comes: whoever
 * waits for it hears of it by this, and the pool does not hand the connection to the next.
 */
export function endSilentConnections(pool: pg.Pool, millis: number) {
  pool.on('connect', ({ connection: { stream } }) => {
    if (stream instanceof Socket) stream.setTimeout(millis, () => stream.destroy())
  })
}
