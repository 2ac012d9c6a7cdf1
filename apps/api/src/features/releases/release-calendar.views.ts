import type { ReleaseView } from '@packline/contract/releases.ts'
import ical, { ICalCalendarMethod } from 'ical-generator'

/** The release window as an iCalendar file, in UTC so that no calendar's zone data can move it. */
export function calendarEntry(release: ReleaseView, pageUrl: string): string {
  const calendar = ical({ name: 'Packline releases', method: ICalCalendarMethod.PUBLISH })
  const start = release.window?.start ?? release.startedAt ?? release.confirmedAt
  const end = release.window?.end ?? Temporal.Instant.from(start).add({ minutes: 60 }).toString()
  calendar.createEvent({
    id: `${release.requestId}@packline`,
    sequence: release.sequence,
    start: new Date(start),
    end: new Date(end),
    stamp: new Date(release.changedAt),
    summary: `Release of ${release.packName}`,
    description: [
      release.timeZone &&
        `Released between 00:00 and 01:00 of ${release.releaseOn} in ${release.timeZone}, scheduled by ${release.scheduledByName}.`,
      release.notes,
    ]
      .filter(Boolean)
      .join('\n\n'),
    url: pageUrl,
  })
  return calendar.toString()
}
