import type { Tx } from '@packline/database/client.ts'
import { planUnsharePacks } from '@packline/domain/account-groups/plan-share-packs.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { lockPacks } from '../integration-packs/integration-packs.store.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { deletePacks, listGroupPackIds } from './group-packs.store.ts'

export type UnsharePacksOutcome =
  | { kind: 'unshared' | 'absent' }
  | { kind: 'refused'; reason: 'pack-not-in-group' }

/**
 * Takes packs out of an account group. What is installed keeps running; where no other group connects account and pack,
 * it gets no further release and nobody installs it any more (D-4). A chunk of a release going out, and an installation
 * being made, are waited for.
 */
export async function unsharePacks(
  tx: Tx,
  actor: Actor,
  { groupId, packIds: asked }: { groupId: string; packIds: readonly string[] },
  now: Temporal.Instant,
): Promise<UnsharePacksOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const packs = await lockPacks(tx, actor.accountId, asked)
  const plan = planUnsharePacks(await listGroupPackIds(tx, groupId, asked), asked)
  if (plan.kind === 'refused') return plan

  await deletePacks(tx, groupId, plan.packIds)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  for (const { id, name } of packs) {
    await audit(tx, actor, now, {
      action: 'as.accountgroup.resource DELETE NONE',
      objectType: 'account-group',
      objectId: groupId,
      before: { group: group.name, packId: id, pack: name },
    })
  }
  await notifyChanges(tx, { packIds: plan.packIds })
  return { kind: 'unshared' }
}
