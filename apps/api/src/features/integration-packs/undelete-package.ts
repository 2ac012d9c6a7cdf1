import type { Tx } from '@packline/database/client.ts'
import { planUndeletePackage } from '@packline/domain/packs/plan-undelete-package.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { loadPackContents } from '../../read-models/pack-contents.ts'
import { bumpPack, lockPackAsSeen, type PackLock, type PackTarget } from './integration-packs.store.ts'
import { putItems } from './pack-items.store.ts'

export type UndeletePackageOutcome =
  | { kind: 'undeleted' }
  | Exclude<PackLock, { kind: 'locked' }>
  | { kind: 'refused'; reason: 'component-not-in-pack' | 'pack-full' }

/** Brings a removed component back with its former versions. */
export async function undeletePackage(
  tx: Tx,
  actor: Actor,
  target: PackTarget & { componentId: string },
  now: Temporal.Instant,
): Promise<UndeletePackageOutcome> {
  const lock = await lockPackAsSeen(tx, actor.accountId, target)
  if (lock.kind === 'refused') return lock
  const { pack } = lock

  const plan = planUndeletePackage(target.componentId, await loadPackContents(tx, pack.id))
  if (plan.kind === 'refused') return plan
  if (plan.kind === 'planned') {
    const { componentId } = target
    const { pendingPackageId } = plan
    await putItems(tx, pack.id, [{ componentId, pendingPackageId }], now)
    await bumpPack(tx, pack.id, actor.name, now)
    await audit(tx, actor, now, {
      action: 'as.ipack.package RESTORE',
      objectType: 'integration-pack',
      objectId: pack.id,
      after: { componentId, pendingPackageId },
    })
  }
  return { kind: 'undeleted' }
}
