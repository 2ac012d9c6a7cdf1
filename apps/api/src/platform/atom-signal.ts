import type { Tx } from '@packline/database/client.ts'

/** The channel on which the instances hear that Atoms may have something else to run. */
export const atomChannel = 'packline_desired'

/** More ids than a notification takes, at 8,000 bytes, are told as "anything may have changed". */
const idsInOneSignal = 150

/**
 * Tells the Atoms of these environments, once this transaction is committed, that they may have something else to run.
 * The payload is their ids with commas between them; empty means that any environment may have changed.
 */
export async function notifyAtoms(tx: Tx, environmentIds: readonly string[] = []) {
  const payload = environmentIds.length > idsInOneSignal ? '' : environmentIds.join(',')
  await tx.$executeRaw`select pg_notify(${atomChannel}, ${payload})`
}
