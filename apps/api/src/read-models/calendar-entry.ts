import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'

type CalendarEntry = {
  /** A release that is rescheduled or whose versions change keeps it, and so its place in the calendar. */
  requestId: string
  start: Temporal.Instant
  end: Temporal.Instant
  changedAt: Temporal.Instant
  isOff: boolean
  summary: string
  /** Paragraphs; empty ones are left out. */
  description: readonly string[]
  url: string
}

/** A release window as an iCalendar file, in UTC so that no calendar's zone data can move it. */
export function writeCalendarEntry({
  requestId,
  start,
  end,
  changedAt,
  isOff,
  summary,
  description,
  url,
}: CalendarEntry): string {
  const calendar = ical({ name: 'Packline releases', method: ICalCalendarMethod.PUBLISH })
  calendar.createEvent({
    id: `${requestId}@packline`,
    sequence: sequenceOf(changedAt),
    start: dateOf(start),
    end: dateOf(end),
    stamp: dateOf(changedAt),
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: isOff ? `Cancelled: ${summary}` : summary,
    description: description.filter((paragraph) => paragraph !== '').join('\n\n'),
    url,
  })
  return calendar.toString()
}

const dateOf = ({ epochMilliseconds }: Temporal.Instant) => new Date(epochMilliseconds)

/** Releases are younger: counted from here, seconds fit the 32 bits of RFC 5545 until 2088. */
const countedFrom = Temporal.Instant.from('2020-01-01T00:00:00Z')

/**
 * What calendars tell a newer state of an entry by (RFC 5545, 3.8.7.4). It has to rise with every change of the same
 * entry, also where another release has taken it over: the second of the last change does.
 */
const sequenceOf = (changedAt: Temporal.Instant) =>
  Math.floor((changedAt.epochMilliseconds - countedFrom.epochMilliseconds) / 1000)
