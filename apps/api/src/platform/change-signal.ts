import type { Tx } from '@packline/database/client.ts'

/** The channel on which the instances hear that something looks different on somebody's screen. */
export const changeChannel = 'packline_changes'

/** More ids than a notification takes, at 8,000 bytes, are told as "anything may have changed". */
const idsInOneSignal = 150

/**
 * Tells the screens of whoever may see them, once this transaction is committed, that these releases, packs or
 * environments look different, or that these events are told of: who that is, each instance finds out for those who listen there.
 */
export async function notifyChanges(
  tx: Tx,
  {
    releaseIds = [],
    packIds = [],
    environmentIds = [],
    eventIds = [],
  }: {
    releaseIds?: readonly string[]
    packIds?: readonly string[]
    environmentIds?: readonly string[]
    eventIds?: readonly string[]
  },
) {
  const ids = [...releaseIds, ...packIds, ...environmentIds, ...eventIds]
  if (ids.length === 0) return
  const payload = ids.length > idsInOneSignal ? '' : ids.join(',')
  await tx.$executeRaw`select pg_notify(${changeChannel}, ${payload})`
}
