import type { Tx } from '@packline/database/client.ts'

/** The channel on which the instances hear that something looks different on somebody's screen. */
export const changeChannel = 'packline_changes'

/** More ids than a notification takes, at 8,000 bytes, are told as "anything may have changed". */
const idsInOneSignal = 150

/**
 * Tells the screens of whoever may see them, once this transaction is committed, that these releases or environments
 * look different: who that is, each instance finds out for those who listen there.
 */
export async function notifyChanges(
  tx: Tx,
  {
    releaseIds = [],
    environmentIds = [],
  }: { releaseIds?: readonly string[]; environmentIds?: readonly string[] },
) {
  const ids = [...releaseIds, ...environmentIds]
  if (ids.length === 0) return
  const payload = ids.length > idsInOneSignal ? '' : ids.join(',')
  await tx.$executeRaw`select pg_notify(${changeChannel}, ${payload})`
}
