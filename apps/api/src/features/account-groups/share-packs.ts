import type { Tx } from '@packline/database/client.ts'
import { planSharePacks, type SharePacksRefusal } from '@packline/domain/account-groups/plan-share-packs.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { requestCatchUp } from '../installations/sharing-catch-ups.store.ts'
import { lockPacks } from '../integration-packs/integration-packs.store.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { insertPacks, listGroupPackIds } from './group-packs.store.ts'

export type SharePacksOutcome =
  | { kind: 'shared'; packIds: readonly string[] }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: SharePacksRefusal; packNames: readonly string[] }

/**
 * Puts packs into an account group: from now on its accounts see them, and every later release by itself. What
 * is installed there already and fell behind meanwhile gets the current release from the job, however much it is (D-4).
 */
export async function sharePacks(
  tx: Tx,
  actor: Actor,
  { groupId, packIds: asked }: { groupId: string; packIds: readonly string[] },
  now: Temporal.Instant,
): Promise<SharePacksOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  // No release goes out, and nobody installs, until it is settled who sees them.
  const packs = await lockPacks(tx, actor.accountId, asked)
  const inGroup = new Set(await listGroupPackIds(tx, groupId, asked))
  const plan = planSharePacks(
    packs.map((pack) => ({ ...pack, isInGroup: inGroup.has(pack.id) })),
    asked,
  )
  if (plan.kind === 'refused') return plan
  const packIds = plan.packs.map(({ id }) => id)
  if (packIds.length === 0) return { kind: 'shared', packIds }

  await insertPacks(tx, groupId, packIds, { actorName: actor.name, now })
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  for (const { id, name, currentReleaseId } of plan.packs) {
    await audit(tx, actor, now, {
      action: 'as.accountgroup.resource ADD NONE',
      objectType: 'account-group',
      objectId: groupId,
      after: { group: group.name, packId: id, pack: name, currentReleaseId },
    })
  }
  await requestCatchUp(tx, packIds, now)
  await notifyReleaseJob(tx)
  await notifyChanges(tx, { packIds })
  return { kind: 'shared', packIds }
}
