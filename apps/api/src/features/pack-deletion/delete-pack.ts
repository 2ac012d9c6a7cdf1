import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { recordReleaseEvents } from '../../platform/events.ts'
import { unshareEverywhere } from '../account-groups/account-groups.store.ts'
import { uninstallAll } from '../installations/installations.store.ts'
import {
  bumpPack,
  lockPackAsSeen,
  markDeleted,
  type PackLock,
  type PackTarget,
} from '../integration-packs/integration-packs.store.ts'
import { cancelOpenReleases } from '../releases/releases.store.ts'

export type DeletePackOutcome = { kind: 'deleted' } | Exclude<PackLock, { kind: 'locked' }>

/**
 * Deletes a pack with everything that hangs on it: releases that wait or go out end first (D-22), then it is detached
 * and uninstalled everywhere and taken out of all groups. A release that is going out is waited for no longer
 * than its present chunk.
 */
export async function deletePack(tx: Tx, actor: Actor, target: PackTarget): Promise<DeletePackOutcome> {
  const lock = await lockPackAsSeen(tx, actor.accountId, target)
  if (lock.kind === 'refused') return lock
  const { pack } = lock
  // Since it is held: with the time at which they asked, what a release updated meanwhile would have been detached before.
  const now = await businessNow(tx)

  const reason = 'The integration pack was deleted.'
  const ended = await cancelOpenReleases(tx, pack.id, { reason, actorName: actor.name, now })
  await recordReleaseEvents(tx, {
    type: 'release.cancelled',
    releaseIds: ended.map(({ id }) => id),
    at: now,
    actor,
    data: { reason },
  })
  const undone = await uninstallAll(tx, actor, pack.id, now)
  if (undone.attachments > 0) await notifyAtoms(tx)
  const groups = await unshareEverywhere(tx, pack.id)
  await markDeleted(tx, pack.id, now)
  await bumpPack(tx, pack.id, actor.name, now)

  await audit(tx, actor, now, {
    action: 'as.ipack DELETE',
    objectType: 'integration-pack',
    objectId: pack.id,
    before: { name: pack.name, type: pack.type, description: pack.description },
    after: { ...undone, groups, endedReleases: ended.map(({ sequence }) => sequence) },
  })
  return { kind: 'deleted' }
}
