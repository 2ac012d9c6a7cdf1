import type { Tx } from '@packline/database/client.ts'
import type { Listener, Signals } from './signals.ts'

/** The channel on which the background jobs of all instances listen. */
const releaseChannel = 'packline_releases'

/** Wakes the background jobs once this transaction is committed: something may be due, or due at another time. */
export async function notifyReleaseJob(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${releaseChannel}, '')`
}

/** Calls `onSignal` for every change, whichever instance made it, and when some may have been missed. */
export const listenForReleases = (signals: Signals, onSignal: () => void): Listener =>
  signals.listen({ channels: [releaseChannel], onSignal, onListening: onSignal })
