import type { Tx } from '@packline/database/client.ts'
import {
  planRestorePackage,
  type RestorePackagePlan,
} from '@packline/domain/packaged-components/plan-delete-package.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockPackage, markPackageRestored } from './packaged-components.store.ts'

export type RestorePackageOutcome =
  | { kind: 'restored' }
  | { kind: 'refused'; reason: 'package-not-found' }
  | Extract<RestorePackagePlan, { kind: 'refused' }>

/** Makes a deleted version active again, eligible for packs and releases. */
export async function restorePackage(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  packageId: string,
): Promise<RestorePackageOutcome> {
  const found = await lockPackage(tx, actor.accountId, packageId)
  if (!found) return { kind: 'refused', reason: 'package-not-found' }
  const plan = planRestorePackage(found.isDeleted)
  if (plan.kind === 'refused') return plan

  await markPackageRestored(tx, found.id)
  await audit(tx, actor, now, {
    action: 'as.packaged.component RESTORE',
    objectType: 'packaged-component',
    objectId: found.id,
    after: { componentId: found.componentId, version: found.version },
  })
  return { kind: 'restored' }
}
