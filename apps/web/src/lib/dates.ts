import { UTCDateMini } from '@date-fns/utc/date/mini'
import { format } from 'date-fns-tz'

export type ClockRange = { start: string; end: string }

/** "Tue 24 Nov 2026". A calendar date has no zone and is never shifted. */
export const formatDay = (date: string) => writeDay(date, 'EEE d MMM yyyy')

/** "Tue 24 Nov", where the year is clear from what stands beside it. */
export const formatShortDay = (date: string) => writeDay(date, 'EEE d MMM')

const writeDay = (date: string, pattern: string) => format(new UTCDateMini(`${date}T00:00:00Z`), pattern)

/** "Tue 24 Nov 2026, 14:05" as a clock in that zone shows it. */
export const formatInstant = (instant: string | Date, timeZone: string) =>
  format(readClock(instant, timeZone), 'EEE d MMM yyyy, HH:mm')

/** "14:05:09", for a clock that runs on screen. */
export const formatTimeWithSeconds = (instant: string | Date, timeZone: string) =>
  format(readClock(instant, timeZone), 'HH:mm:ss')

/** The calendar date in that zone, YYYY-MM-DD. */
export const dateIn = (instant: string | Date, timeZone: string) =>
  format(readClock(instant, timeZone), 'yyyy-MM-dd')

/** "Sat 28 Nov 2026 between 00:00 and 01:00"; names both days or both offsets where the reader would be misled. */
export function formatClockRange({ start, end }: ClockRange, timeZone: string): string {
  const { from, to, sameDay } = readRange({ start, end }, timeZone)
  if (from.offset !== to.offset) {
    const day = from.date === to.date ? '' : `${formatDay(to.date)}, `
    return `${formatDay(from.date)} between ${timeOfDay(from.minute)} (${writeOffset(from.offset)}) and ${day}${timeOfDay(to.minute)} (${writeOffset(to.offset)})`
  }
  if (sameDay) {
    const until = to.minute === 0 ? 'midnight' : timeOfDay(to.minute)
    return `${formatDay(from.date)} between ${timeOfDay(from.minute)} and ${until}`
  }
  return `between ${formatDay(from.date)}, ${timeOfDay(from.minute)} and ${formatDay(to.date)}, ${timeOfDay(to.minute)}`
}

/** "Fri 27 Nov, 18:00–19:00", for the same range on a second clock. */
export function formatShortClockRange({ start, end }: ClockRange, timeZone: string): string {
  const { from, to, sameDay } = readRange({ start, end }, timeZone)
  const first = `${formatShortDay(from.date)}, ${timeOfDay(from.minute)}`
  if (from.offset !== to.offset) {
    return `${first} (${writeOffset(from.offset)}) – ${formatShortDay(to.date)}, ${timeOfDay(to.minute)} (${writeOffset(to.offset)})`
  }
  if (sameDay) return `${first}–${to.minute === 0 ? '24:00' : timeOfDay(to.minute)}`
  return `${first} – ${formatShortDay(to.date)}, ${timeOfDay(to.minute)}`
}

export type Clock = { label: string; zone: string; text: string }
type Zones = { scheduler: string; reader: string | null; device?: string }

/**
 * One window on the clocks that matter: in the release's zone, the reader's saved zone, this device's zone and UTC.
 * A zone whose clock shows the same as one before is left out; UTC always stays.
 */
export function threeClocks(
  window: ClockRange,
  { scheduler, reader, device = deviceZone() }: Zones,
): Clock[] {
  const own = reader === scheduler
  const first: Clock = {
    label: own ? 'Your time zone' : 'Time zone of the release',
    zone: scheduler,
    text: formatClockRange(window, scheduler),
  }
  const further = [
    ...(reader === null || own ? [] : [{ label: 'Your time zone', zone: reader }]),
    ...(isUniversal(device) ? [] : [{ label: 'This device', zone: device }]),
  ].map((clock) => ({ ...clock, text: formatClockRange(window, clock.zone) }))

  const clocks = [first]
  for (const clock of further) if (clocks.every(({ text }) => text !== clock.text)) clocks.push(clock)
  if (clocks.some(({ zone }) => isUniversal(zone))) return clocks
  return [...clocks, { label: 'Universal time', zone: 'UTC', text: formatClockRange(window, 'UTC') }]
}

/** "today", "tomorrow", "in 8 days", "3 days ago": whole calendar days in the zone of the date. */
export function relativeDay(date: string, now: string | Date, timeZone: string): string {
  return relative.format(dayNumber(date) - dayNumber(dateIn(now, timeZone)), 'day')
}

/** "2 minutes ago", "in 3 hours", "now". */
export function relativeInstant(instant: string | Date, now: string | Date): string {
  const seconds = Math.round((new Date(instant).getTime() - new Date(now).getTime()) / 1000)
  const size = Math.abs(seconds)
  if (size < 45) return relative.format(0, 'second')
  if (size < 45 * 60)
    return relative.format(Math.sign(seconds) * Math.max(1, Math.round(size / 60)), 'minute')
  if (size < 22 * 3600)
    return relative.format(Math.sign(seconds) * Math.max(1, Math.round(size / 3600)), 'hour')
  return relative.format(Math.sign(seconds) * Math.max(1, Math.round(size / 86_400)), 'day')
}

/** "2 min 5 s", "1 h 3 min", "4 d 2 h": the two largest units. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const units = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const
  const first = units.findIndex(([amount]) => amount > 0)
  if (first < 0) return '0 s'
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** "1,204" */
export const formatCount = (count: number) => counts.format(count)

/** "1 account", "1,204 accounts"; `many` only where an s does not do. */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** "312 bytes", "4.2 KB", "25 MB" in steps of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return plural(bytes, 'byte')
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'KB'] : [bytes / 1024 ** 2, 'MB']
  return `${size < 10 ? Number(size.toFixed(1)) : Math.round(size)} ${unit}`
}

export const deviceZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

const isUniversal = (zone: string) => zone === 'UTC' || zone === 'Etc/UTC'
const counts = new Intl.NumberFormat('en-US')
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000
const pad = (part: number) => String(part).padStart(2, '0')
const timeOfDay = (minute: number) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`

/** "UTC+5:45", "UTC−4", "UTC" */
function writeOffset(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60 === 0 ? '' : `:${pad(size % 60)}`
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`
}

function readRange({ start, end }: ClockRange, timeZone: string) {
  const from = readDayAndTime(start, timeZone)
  const to = readDayAndTime(end, timeZone)
  const endsAtMidnight = to.minute === 0 && dayNumber(to.date) === dayNumber(from.date) + 1
  return { from, to, sameDay: from.date === to.date || endsAtMidnight }
}

function readDayAndTime(instant: string, timeZone: string) {
  const clock = readClock(instant, timeZone)
  return {
    date: format(clock, 'yyyy-MM-dd'),
    minute: clock.getHours() * 60 + clock.getMinutes(),
    offset: offsetIn(timeZone, new Date(instant)) / 60_000,
  }
}

/**
 * What a clock in that zone shows, as a date that date-fns-tz writes the same on every device. Its own two ways there
 * are wrong where it matters: `formatInTimeZone` goes through the clock of the device, so an hour that daylight saving
 * skips there comes out an hour late in whatever zone it was asked for (measured: 2026-03-08T02:30Z in UTC on a device
 * in New York), and `getTimezoneOffset` is an hour off beside a change (measured: Havana at 2027-11-07T04:00Z). So the
 * offset comes from Intl.
 */
function readClock(instant: string | Date, timeZone: string): Date {
  const moment = new Date(instant)
  return new UTCDateMini(moment.getTime() + offsetIn(timeZone, moment))
}

/** In milliseconds east of UTC. */
function offsetIn(timeZone: string, moment: Date): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of clockIn(timeZone).formatToParts(moment)) parts[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  const shown = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((shown - moment.getTime()) / 1000) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(timeZone, clock)
  return clock
}
