import { parseReleaseDate, type ReleaseWindow, releaseWindow } from './release-window.ts'

/**
 * How a window looks on the local clock. `midnight-skipped`: the day begins later than 00:00.
 * `midnight-repeated`: 00:00 comes twice, the first counts. `hour-shortened`: the clock jumps ahead inside the
 * hour. `hour-repeated`: part of the hour comes twice, midnight itself does not. `day-missing`: the zone never
 * had that date.
 */
export type WindowKind =
  | 'ordinary'
  | 'midnight-skipped'
  | 'midnight-repeated'
  | 'hour-shortened'
  | 'hour-repeated'
  | 'day-missing'

export type WindowDescription = ReleaseWindow & {
  kind: WindowKind
  /** Local readings at both ends, as YYYY-MM-DDTHH:MM. */
  localStart: string
  localEnd: string
}

/** The facts for the sentence about a window that is not the ordinary hour. Throws as `releaseWindow` does. */
export function describeWindow(date: string, timeZone: string): WindowDescription {
  const window = releaseWindow(date, timeZone)
  return {
    ...window,
    kind: windowKind(parseReleaseDate(date), timeZone, window),
    localStart: localReading(window.start, timeZone),
    localEnd: localReading(window.end, timeZone),
  }
}

function windowKind(date: Temporal.PlainDate, timeZone: string, { start, end }: ReleaseWindow): WindowKind {
  const local = start.toZonedDateTimeISO(timeZone)
  if (!local.toPlainDate().equals(date)) return 'day-missing'
  if (!local.toPlainTime().equals(new Temporal.PlainTime())) return 'midnight-skipped'

  const secondMidnight = date.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'later' })
  if (!secondMidnight.toInstant().equals(start)) return 'midnight-repeated'

  const change = local.getTimeZoneTransition('next')
  if (change === null) return 'ordinary'
  const ahead = change.offsetNanoseconds > local.offsetNanoseconds
  const position = Temporal.Instant.compare(change.toInstant(), end)
  if (ahead) return position < 0 ? 'hour-shortened' : 'ordinary'
  // A clock put back exactly at 01:00 repeats the end of the hour, so the end counts here.
  return position <= 0 ? 'hour-repeated' : 'ordinary'
}

function localReading(instant: Temporal.Instant, timeZone: string): string {
  return instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}
