import type { Tx } from '@packline/database/client.ts'
import {
  type DeletePackagePlan,
  planDeletePackage,
} from '@packline/domain/packaged-components/plan-delete-package.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import {
  loadPackageUses,
  lockPackage,
  type LockedPackage,
  markPackageDeleted,
} from './packaged-components.store.ts'

export type DeletePackageOutcome =
  | { kind: 'deleted' }
  | { kind: 'refused'; reason: 'package-not-found' }
  | (Extract<DeletePackagePlan, { kind: 'refused' }> & { package: LockedPackage })

/** Deletes a version that nothing uses; its version text stays taken. */
export async function deletePackage(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  packageId: string,
): Promise<DeletePackageOutcome> {
  const found = await lockPackage(tx, actor.accountId, packageId)
  if (!found) return { kind: 'refused', reason: 'package-not-found' }
  const plan = planDeletePackage(found.isDeleted, await loadPackageUses(tx, found.id))
  if (plan.kind === 'refused') return { ...plan, package: found }

  await markPackageDeleted(tx, found.id, { now, deletedByName: actor.name })
  await audit(tx, actor, now, {
    action: 'as.packaged.component DELETE',
    objectType: 'packaged-component',
    objectId: found.id,
    before: { componentId: found.componentId, version: found.version },
  })
  return { kind: 'deleted' }
}
