import type { Tx } from '@packline/database/client.ts'
import { planCancel, type CancelPlan } from '@packline/domain/releases/plan-cancel.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { recordReleaseEvents } from '../../platform/events.ts'
import { bumpPack } from '../integration-packs/integration-packs.store.ts'
import { clearLeaving } from '../integration-packs/pack-items.store.ts'
import { withdrawEarlyApplies } from '../installations/installation-updates.store.ts'
import type { LockedForChange } from './change-release.ts'
import { markCancelled } from './releases.store.ts'

/** Cancels a scheduled release; attachments that applied it early go back to the pack's current release. */
export async function cancelRelease(
  tx: Tx,
  actor: Actor,
  { pack, release, reason }: LockedForChange & { reason: string },
  now: Temporal.Instant,
): Promise<CancelPlan> {
  const plan = planCancel(release, reason)
  if (plan.kind === 'refused') return plan

  await markCancelled(tx, release.id, { reason: plan.cancelReason, actorName: actor.name, now })
  await clearLeaving(tx, [release.id])
  const withdrawn = await withdrawEarlyApplies(tx, { releaseId: release.id, now })
  if (withdrawn > 0) await notifyAtoms(tx)
  await bumpPack(tx, pack.id, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.ipack.release CANCEL',
    objectType: 'release',
    objectId: release.id,
    before: {
      releaseOn: release.releaseOn,
      timeZone: release.timeZone,
      scheduledBy: release.scheduledByName,
    },
    after: { reason: plan.cancelReason, withdrawnFrom: withdrawn },
  })
  await recordReleaseEvents(tx, {
    type: 'release.cancelled',
    releaseIds: [release.id],
    at: now,
    actor,
    data: { reason: plan.cancelReason, withdrawnFrom: withdrawn },
  })
  await notifyChanges(tx, { releaseIds: [release.id] })
  return plan
}
