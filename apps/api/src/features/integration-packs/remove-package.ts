import type { Tx } from '@packline/database/client.ts'
import { planRemovePackage } from '@packline/domain/packs/plan-remove-package.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { loadPackContents } from '../../read-models/pack-contents.ts'
import { bumpPack, lockPackAsSeen, type PackLock, type PackTarget } from './integration-packs.store.ts'
import { markRemoved } from './pack-items.store.ts'

export type RemovePackageOutcome =
  | { kind: 'removed' }
  | Exclude<PackLock, { kind: 'locked' }>
  | { kind: 'refused'; reason: 'component-not-in-pack' }

/** Removes a component from the pack, softly until its next release. Removing it twice changes nothing more. */
export async function removePackage(
  tx: Tx,
  actor: Actor,
  target: PackTarget & { componentId: string },
  now: Temporal.Instant,
): Promise<RemovePackageOutcome> {
  const lock = await lockPackAsSeen(tx, actor.accountId, target)
  if (lock.kind === 'refused') return lock
  const { pack } = lock

  const { items } = await loadPackContents(tx, pack.id)
  const plan = planRemovePackage(target.componentId, items)
  if (plan.kind === 'refused') return plan
  if (plan.kind === 'planned') {
    await markRemoved(tx, pack.id, target.componentId, now)
    await bumpPack(tx, pack.id, actor.name, now)
    await audit(tx, actor, now, {
      action: 'as.ipack.package DELETE',
      objectType: 'integration-pack',
      objectId: pack.id,
      before: { componentId: target.componentId },
    })
  }
  return { kind: 'removed' }
}
