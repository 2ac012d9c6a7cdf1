import type { ReleaseView } from '@packline/contract/releases.ts'
import { writeWindow } from '@packline/domain/time/write-window.ts'
import { writeCalendarEntry } from '../../read-models/calendar-entry.ts'

/** The release window as an iCalendar file. */
export function calendarEntry(release: ReleaseView, pageUrl: string): string {
  const { requestId, window, startedAt, confirmedAt, changedAt, status, timeZone } = release
  const start = Temporal.Instant.from(window?.start ?? startedAt ?? confirmedAt)
  const end = window ? Temporal.Instant.from(window.end) : start.add({ minutes: 60 })
  // One that was replaced is in the calendar as the release that took its place.
  const isOff = status === 'CANCELLED'
  const going = isOff ? 'It was to be released' : 'Released'
  return writeCalendarEntry({
    requestId,
    start,
    end,
    changedAt: Temporal.Instant.from(changedAt),
    isOff,
    summary: `Release of ${release.packName}`,
    description: [
      timeZone
        ? `${going} ${writeWindow({ start, end }, timeZone)}, scheduled by ${release.scheduledByName}.`
        : '',
      release.notes,
    ],
    url: pageUrl,
  })
}
