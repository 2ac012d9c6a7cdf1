import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { lockPackAsSeen, type LockedPack } from '../integration-packs/integration-packs.store.ts'
import { findPackOfRelease, type LockedRelease, lockRelease } from './releases.store.ts'

export type LockedForChange = { kind: 'locked'; pack: LockedPack; release: LockedRelease }
export type NotLocked = { kind: 'absent' } | { kind: 'pack-changed'; packId: string }

/** What every change of an existing release begins with: its pack's lock, then its own, in this order. */
export async function lockForChange(
  tx: Tx,
  actor: Actor,
  releaseId: string,
  isCurrent: (packVersion: number) => boolean,
): Promise<LockedForChange | NotLocked> {
  const packId = await findPackOfRelease(tx, actor.accountId, releaseId)
  if (packId === undefined) return { kind: 'absent' }
  const lock = await lockPackAsSeen(tx, actor.accountId, { packId, isCurrent })
  if (lock.kind === 'refused') {
    return lock.reason === 'pack-changed' ? { kind: 'pack-changed', packId } : { kind: 'absent' }
  }
  return { kind: 'locked', pack: lock.pack, release: await lockRelease(tx, releaseId) }
}
