import type { Tx } from '@packline/database/client.ts'

/** The channel on which the background jobs of all instances listen. */
export const releaseChannel = 'packline_releases'

/** Wakes the background jobs once this transaction is committed: something may be due, or due at another time. */
export async function notifyReleaseJob(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${releaseChannel}, '')`
}
