import type { Tx } from '@packline/database/client.ts'
import { planReschedule, type ReschedulePlan } from '@packline/domain/releases/plan-reschedule.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { recordReleaseEvents } from '../../platform/events.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { bumpPack } from '../integration-packs/integration-packs.store.ts'
import type { LockedForChange } from './change-release.ts'
import { saveSchedule } from './releases.store.ts'

/** Gives a scheduled release another date, in the zone of whoever reschedules. */
export async function rescheduleRelease(
  tx: Tx,
  actor: Actor,
  { pack, release, releaseOn }: LockedForChange & { releaseOn: string },
  now: Temporal.Instant,
): Promise<ReschedulePlan> {
  const plan = planReschedule(release, releaseOn, actor, now)
  if (plan.kind === 'refused') return plan

  await saveSchedule(tx, release.id, { schedule: plan.schedule, actor, now })
  await bumpPack(tx, pack.id, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.ipack.release RESCHEDULE',
    objectType: 'release',
    objectId: release.id,
    before: {
      releaseOn: release.releaseOn,
      timeZone: release.timeZone,
      scheduledBy: release.scheduledByName,
    },
    after: { releaseOn, timeZone: plan.schedule.timeZone, scheduledBy: actor.name },
  })
  await recordReleaseEvents(tx, {
    type: 'release.changed',
    releaseIds: [release.id],
    at: now,
    actor,
    data: { change: 'date', before: { releaseOn: release.releaseOn, timeZone: release.timeZone } },
  })
  await notifyReleaseJob(tx)
  await notifyChanges(tx, { releaseIds: [release.id] })
  return plan
}
