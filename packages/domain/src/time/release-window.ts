import { canonicalTimeZone } from './zones.ts'

export type ReleaseWindow = { start: Temporal.Instant; end: Temporal.Instant }

const isoDate = /^\d{4}-\d{2}-\d{2}$/

/**
 * When a release of a local date may go out (D-25, R-40, R-42): from the first instant of that date in the zone
 * to 60 elapsed minutes later, end excluded. Where midnight is skipped the day begins after the gap, where it
 * happens twice the first one counts, and a date that a zone never had begins where the next one does.
 * Throws a RangeError for anything but a real date as YYYY-MM-DD and an accepted zone name.
 */
export function releaseWindow(date: string, timeZone: string): ReleaseWindow {
  const start = parseReleaseDate(date).toZonedDateTime(acceptedTimeZone(timeZone)).toInstant()
  return { start, end: start.add({ minutes: 60 }) }
}

/** The calendar date written as YYYY-MM-DD. Throws a RangeError for other text and for dates that do not exist. */
export function parseReleaseDate(date: string): Temporal.PlainDate {
  if (!isoDate.test(date)) throw new RangeError(`Not a date written as YYYY-MM-DD: ${date}`)
  return Temporal.PlainDate.from(date, { overflow: 'reject' })
}

function acceptedTimeZone(name: string): string {
  const timeZone = canonicalTimeZone(name)
  if (timeZone === undefined) throw new RangeError(`Not a time zone name: ${name}`)
  return timeZone
}
