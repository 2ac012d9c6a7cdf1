import type { Tx } from '@packline/database/client.ts'
import { planRetry, type RetryPlan } from '@packline/domain/releases/plan-retry.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { bumpPack } from '../integration-packs/integration-packs.store.ts'
import type { LockedForChange } from './change-release.ts'
import { findSequences, markForRetry } from './releases.store.ts'

/** Makes a failed release due again; the background job takes it up at once. */
export async function retryRelease(
  tx: Tx,
  actor: Actor,
  { pack, release }: LockedForChange,
  now: Temporal.Instant,
): Promise<RetryPlan> {
  const plan = planRetry(release, await findSequences(tx, pack.id), now)
  if (plan.kind === 'refused') return plan

  await markForRetry(tx, release, plan.nextTryAt)
  await bumpPack(tx, pack.id, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.ipack.release TRY_AGAIN',
    objectType: 'release',
    objectId: release.id,
  })
  await notifyReleaseJob(tx)
  await notifyChanges(tx, { releaseIds: [release.id] })
  return plan
}
