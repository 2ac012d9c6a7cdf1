import { formatInTimeZone } from 'date-fns-tz'

export type ClockRange = { start: string; end: string }

/** A reading of a wall clock: calendar date and minutes after midnight. */
type Reading = { date: string; minute: number; second: number; offset: number }

/** "Tue 24 Nov 2026". A calendar date has no zone and is never shifted. */
export const formatDay = (date: string) => writeDay(date, 'EEE d MMM yyyy')

/** "Tue 24 Nov", where the year is clear from what stands beside it. */
export const formatShortDay = (date: string) => writeDay(date, 'EEE d MMM')

/**
 * date-fns-tz writes through the clock of the host: an hour that daylight saving skips on this device comes out an
 * hour late, in whatever zone it was asked for (measured: 2026-03-08T02:30Z in UTC on a host in New York). No zone
 * skips noon, so only dates go through it, and `readClock` gets the reading in the zone from Intl.
 */
const writeDay = (date: string, pattern: string) => formatInTimeZone(`${date}T12:00:00Z`, 'UTC', pattern)

/** "Tue 24 Nov 2026, 14:05" as a clock in that zone shows it. */
export function formatInstant(instant: string | Date, timeZone: string): string {
  const { date, minute } = readClock(instant, timeZone)
  return `${formatDay(date)}, ${timeOfDay(minute)}`
}

/** "14:05:09", for a clock that runs on screen. */
export function formatTimeWithSeconds(instant: string | Date, timeZone: string): string {
  const { minute, second } = readClock(instant, timeZone)
  return `${timeOfDay(minute)}:${pad(second)}`
}

/** The calendar date in that zone, YYYY-MM-DD. */
export const dateIn = (instant: string | Date, timeZone: string) => readClock(instant, timeZone).date

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
  const from = readClock(start, timeZone)
  const to = readClock(end, timeZone)
  const endsAtMidnight = to.minute === 0 && dayNumber(to.date) === dayNumber(from.date) + 1
  return { from, to, sameDay: from.date === to.date || endsAtMidnight }
}

function readClock(instant: string | Date, timeZone: string): Reading {
  const moment = new Date(instant)
  const parts: Record<string, number> = {}
  for (const { type, value } of clockIn(timeZone).formatToParts(moment)) parts[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  const shown = Date.UTC(year, month - 1, day, hour, minute, second)
  return {
    date: `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`,
    minute: hour * 60 + minute,
    second,
    offset: Math.round((shown - moment.getTime()) / 60_000),
  }
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
