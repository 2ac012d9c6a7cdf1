import type { Tx } from '@packline/database/client.ts'
import { planReleaseNow, type ReleaseNowPlan } from '@packline/domain/releases/plan-release-now.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { bumpPack } from '../integration-packs/integration-packs.store.ts'
import type { LockedForChange } from './change-release.ts'
import { advanceReleases, batchSize } from './release-due.ts'
import { claimRelease } from './release-queue.store.ts'
import { saveSchedule } from './releases.store.ts'

/** Sends a scheduled release out at once instead of on its date. */
export async function releaseNow(
  tx: Tx,
  actor: Actor,
  { pack, release }: LockedForChange,
  now: Temporal.Instant,
): Promise<ReleaseNowPlan> {
  const plan = planReleaseNow(release, now)
  if (plan.kind === 'refused') return plan

  await saveSchedule(tx, release.id, { schedule: plan.schedule, actor, now })
  await bumpPack(tx, pack.id, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.ipack.release RELEASE_NOW',
    objectType: 'release',
    objectId: release.id,
    before: {
      releaseOn: release.releaseOn,
      timeZone: release.timeZone,
      scheduledBy: release.scheduledByName,
    },
    after: { scheduledBy: actor.name },
  })
  await advanceReleases(tx, await claimRelease(tx, release.id), batchSize.installations)
  await notifyReleaseJob(tx)
  return plan
}
