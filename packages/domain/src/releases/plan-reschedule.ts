import {
  planSchedule,
  type ReleaseSchedule,
  type Scheduler,
  type ScheduleRefusal,
} from './release-schedule.ts'
import {
  type NotScheduledRefusal,
  type ReleaseStatus,
  type ReleaseTiming,
  whyNotScheduled,
} from './release-status.ts'

export type ReschedulePlan =
  | { kind: 'planned'; schedule: ReleaseSchedule & { timing: 'DATED' } }
  | { kind: 'refused'; reason: NotScheduledRefusal }
  | ScheduleRefusal

/**
 * Reschedule: a new date for the same release. Whoever reschedules becomes the scheduler and the date counts in
 * their zone (R-41, D-2); a later change of a zone in User Information moves nothing.
 */
export function planReschedule(
  release: { status: ReleaseStatus; timing: ReleaseTiming },
  date: string,
  scheduler: Scheduler,
  now: Temporal.Instant,
): ReschedulePlan {
  const reason = whyNotScheduled(release)
  if (reason !== null) return { kind: 'refused', reason }
  const planned = planSchedule({ kind: 'dated', date }, scheduler, now)
  if (planned.kind === 'refused') return planned
  const { schedule } = planned
  if (schedule.timing !== 'DATED') throw new Error('A date gives a dated schedule')
  return { kind: 'planned', schedule }
}
