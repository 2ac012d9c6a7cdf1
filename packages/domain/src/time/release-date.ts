import { parseReleaseDate, type ReleaseWindow, releaseWindow } from './release-window.ts'

export type ReleaseDateRefusal =
  | 'date-missing'
  | 'date-invalid'
  | 'date-is-today'
  | 'date-in-past'
  | 'date-too-far'
  | 'date-skipped'

/** The first and the last allowed date, as YYYY-MM-DD, both allowed. */
export type ReleaseDateRange = { first: string; last: string }

export type ReleaseDateCheck =
  | { kind: 'ok'; window: ReleaseWindow }
  | { kind: 'refused'; reason: ReleaseDateRefusal; range: ReleaseDateRange }

/** Tomorrow to one year ahead in the scheduler's zone (D-13, R-29). `timeZone` must be an accepted zone name. */
export function releaseDateRange(timeZone: string, now: Temporal.Instant): ReleaseDateRange {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  return { first: today.add({ days: 1 }).toString(), last: today.add({ years: 1 }).toString() }
}

/**
 * Whether a release may be scheduled for this date, given as text because it comes from people (D-13, R-29, R-44).
 * Today is refused: its window has begun. `date-skipped` is a date that the zone never has.
 */
export function checkReleaseDate(date: string, timeZone: string, now: Temporal.Instant): ReleaseDateCheck {
  const range = releaseDateRange(timeZone, now)
  const refused = (reason: ReleaseDateRefusal): ReleaseDateCheck => ({ kind: 'refused', reason, range })
  if (date === '') return refused('date-missing')

  const wanted = parsedOrUndefined(date)
  if (wanted === undefined) return refused('date-invalid')

  const fromFirst = Temporal.PlainDate.compare(wanted, range.first)
  if (fromFirst < 0) {
    return refused(wanted.add({ days: 1 }).toString() === range.first ? 'date-is-today' : 'date-in-past')
  }
  if (Temporal.PlainDate.compare(wanted, range.last) > 0) return refused('date-too-far')

  const window = releaseWindow(date, timeZone)
  const existing = window.start.toZonedDateTimeISO(timeZone).toPlainDate()
  return existing.equals(wanted) ? { kind: 'ok', window } : refused('date-skipped')
}

function parsedOrUndefined(date: string): Temporal.PlainDate | undefined {
  try {
    return parseReleaseDate(date)
  } catch {
    return undefined
  }
}
