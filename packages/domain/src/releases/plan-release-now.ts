import { dueNow, type ReleaseSchedule } from './release-schedule.ts'
import {
  type NotScheduledRefusal,
  type ReleaseStatus,
  type ReleaseTiming,
  whyNotScheduled,
} from './release-status.ts'

export type ReleaseNowPlan =
  | { kind: 'planned'; schedule: ReleaseSchedule & { timing: 'IMMEDIATE' } }
  | { kind: 'refused'; reason: NotScheduledRefusal }

/** Release now: the scheduled release itself becomes due at once, with its content as it is (D-2). */
export function planReleaseNow(
  release: { status: ReleaseStatus; timing: ReleaseTiming },
  now: Temporal.Instant,
): ReleaseNowPlan {
  const reason = whyNotScheduled(release)
  return reason === null ? { kind: 'planned', schedule: dueNow(now) } : { kind: 'refused', reason }
}
