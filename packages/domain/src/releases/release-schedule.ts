import { checkReleaseDate, type ReleaseDateRange, type ReleaseDateRefusal } from '../time/release-date.ts'
import type { ReleaseWindow } from '../time/release-window.ts'
import { canonicalTimeZone } from '../time/zones.ts'

/** The choice of the wizard's second step. The date is text as people typed it, YYYY-MM-DD when it is right. */
export type ReleaseOption = { kind: 'immediate' } | { kind: 'dated'; date: string }

/** The option's words: what is chosen, and the button that confirms it. */
export const releaseOptionTable: Record<ReleaseOption['kind'], { label: string; confirmButton: string }> = {
  immediate: { label: 'Release immediately', confirmButton: 'Release Integration Pack' },
  dated: { label: 'Release on specified date', confirmButton: 'Schedule Integration Pack Release' },
}

/** Who schedules, as far as the date is concerned: the zone saved in User Information, null when none is. */
export type Scheduler = { timeZone: string | null }

/** When a release is due. Date and zone are the truth of a dated one, the instants are derived from them (D-25). */
export type ReleaseSchedule = { dueAt: Temporal.Instant; window: ReleaseWindow } & (
  | { timing: 'IMMEDIATE'; releaseOn: null; timeZone: null }
  | { timing: 'DATED'; releaseOn: string; timeZone: string }
)

export type ScheduleRefusal =
  | { kind: 'refused'; reason: 'time-zone-missing' | 'time-zone-unknown' }
  | { kind: 'refused'; reason: ReleaseDateRefusal; range: ReleaseDateRange }

/**
 * Works out when the release is due. Dated: in the scheduler's zone as it is now, canonical and frozen with the
 * release (R-40, R-41, D-14). Immediate: now, with an hour until it counts as late.
 */
export function planSchedule(
  option: ReleaseOption,
  scheduler: Scheduler,
  now: Temporal.Instant,
): { kind: 'ok'; schedule: ReleaseSchedule } | ScheduleRefusal {
  if (option.kind === 'immediate') return { kind: 'ok', schedule: dueNow(now) }

  if (scheduler.timeZone === null) return { kind: 'refused', reason: 'time-zone-missing' }
  const timeZone = canonicalTimeZone(scheduler.timeZone)
  if (timeZone === undefined) return { kind: 'refused', reason: 'time-zone-unknown' }

  const check = checkReleaseDate(option.date, timeZone, now)
  if (check.kind === 'refused') return check
  const { window } = check
  return {
    kind: 'ok',
    schedule: { timing: 'DATED', releaseOn: option.date, timeZone, dueAt: window.start, window },
  }
}

/** The schedule of a release that is to go out at once. */
export function dueNow(now: Temporal.Instant): ReleaseSchedule & { timing: 'IMMEDIATE' } {
  const window = { start: now, end: now.add({ minutes: 60 }) }
  return { timing: 'IMMEDIATE', releaseOn: null, timeZone: null, dueAt: now, window }
}
