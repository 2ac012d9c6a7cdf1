import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { lockPack, type LockedPack } from '../integration-packs/integration-packs.store.ts'
import { findPackOfRelease, type LockedRelease, lockRelease } from './releases.store.ts'

export type LockedForChange = { kind: 'locked'; pack: LockedPack; release: LockedRelease }
export type NotLocked = { kind: 'absent' } | { kind: 'changed-meanwhile'; packId: string }

/** What every change of an existing release begins with: its pack's lock, then its own, in this order. */
export async function lockForChange(
  tx: Tx,
  actor: Actor,
  releaseId: string,
  isCurrent: (packVersion: number) => boolean,
): Promise<LockedForChange | NotLocked> {
  const packId = await findPackOfRelease(tx, actor.accountId, releaseId)
  const pack = packId && (await lockPack(tx, actor.accountId, packId))
  if (!pack) return { kind: 'absent' }
  if (!isCurrent(pack.version)) return { kind: 'changed-meanwhile', packId: pack.id }
  return { kind: 'locked', pack, release: await lockRelease(tx, releaseId) }
}
