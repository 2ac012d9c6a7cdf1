import type { ReleaseView } from '@packline/contract/releases.ts'
import { writeWindow } from '@packline/domain/time/write-window.ts'
import ical, { ICalCalendarMethod } from 'ical-generator'

/** The release window as an iCalendar file, in UTC so that no calendar's zone data can move it. */
export function calendarEntry(release: ReleaseView, pageUrl: string): string {
  const calendar = ical({ name: 'Packline releases', method: ICalCalendarMethod.PUBLISH })
  const { window, startedAt, confirmedAt } = release
  const start = Temporal.Instant.from(window?.start ?? startedAt ?? confirmedAt)
  const end = window ? Temporal.Instant.from(window.end) : start.add({ minutes: 60 })
  calendar.createEvent({
    id: `${release.requestId}@packline`,
    sequence: release.sequence,
    start: new Date(start.epochMilliseconds),
    end: new Date(end.epochMilliseconds),
    stamp: new Date(release.changedAt),
    summary: `Release of ${release.packName}`,
    description: [
      release.timeZone &&
        `Released ${writeWindow({ start, end }, release.timeZone)}, scheduled by ${release.scheduledByName}.`,
      release.notes,
    ]
      .filter(Boolean)
      .join('\n\n'),
    url: pageUrl,
  })
  return calendar.toString()
}
