import { parseReleaseDate, type ReleaseWindow } from './release-window.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "Tue 24 Nov 2026" for 2026-11-24, as every screen writes a day. */
export const writeDay = (date: string) => dayText(parseReleaseDate(date))

/**
 * "Sat 28 Nov 2026 between 00:00 and 01:00 Europe/Berlin": a release window on the clocks of its zone, for people who read
 * it outside the screens. It names both days or both offsets where the reader would be misled.
 */
export function writeWindow({ start, end }: ReleaseWindow, timeZone: string): string {
  const from = start.toZonedDateTimeISO(timeZone)
  const to = end.toZonedDateTimeISO(timeZone)
  const otherDay = from.toPlainDate().equals(to.toPlainDate()) ? '' : `${dayText(to)}, `
  if (from.offset !== to.offset) {
    const clocks = `${timeText(from)} (UTC${from.offset}) and ${otherDay}${timeText(to)} (UTC${to.offset})`
    return `${dayText(from)} between ${clocks} ${timeZone}`
  }
  return `${dayText(from)} between ${timeText(from)} and ${otherDay}${timeText(to)} ${timeZone}`
}

type Day = Pick<Temporal.PlainDate, 'dayOfWeek' | 'day' | 'month' | 'year'>

const dayText = ({ dayOfWeek, day, month, year }: Day) =>
  `${weekdays[dayOfWeek - 1]} ${day} ${months[month - 1]} ${year}`

const timeText = (clock: Temporal.ZonedDateTime) => clock.toPlainTime().toString({ smallestUnit: 'minute' })
