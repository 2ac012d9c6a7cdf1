import type { Tx } from '@packline/database/client.ts'

/** The channel on which the instances hear that Atoms may have something else to run. */
export const atomChannel = 'packline_desired'

/** More ids than a notification takes, at 8,000 bytes, are told as "anything may have changed". */
const idsInOneSignal = 150

/**
 * Tells Atoms, once this transaction is committed, that they may have something else to run: those in these
 * environments, or those with these ids. The payload is the ids with commas between them; empty means that anything
 * may have changed.
 */
export async function notifyAtoms(tx: Tx, ids: readonly string[] = []) {
  const payload = ids.length > idsInOneSignal ? '' : ids.join(',')
  await tx.$executeRaw`select pg_notify(${atomChannel}, ${payload})`
}
