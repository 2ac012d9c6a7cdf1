import { afterEach, describe, expect, test } from 'vitest'
import {
  dateIn,
  deviceZone,
  formatBytes,
  formatClockRange,
  formatDay,
  formatDuration,
  formatInstant,
  formatShortClockRange,
  formatTimeWithSeconds,
  plural,
  relativeDay,
  relativeInstant,
  threeClocks,
} from './dates.ts'

const hosts = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/Nuuk',
]
const ownZone = process.env['TZ']
afterEach(() => {
  process.env['TZ'] = ownZone
})

const berlinMidnight = { start: '2026-11-27T23:00:00Z', end: '2026-11-28T00:00:00Z' }

describe.each(hosts)('on a device in %s', (host) => {
  test('a calendar date stays what it is', () => {
    process.env['TZ'] = host
    const noon = '2026-07-01T12:00:00Z'
    expect(formatInstant(noon, deviceZone())).toBe(formatInstant(noon, host))
    expect(formatDay('2026-11-24')).toBe('Tue 24 Nov 2026')
    expect(formatDay('2027-02-28')).toBe('Sun 28 Feb 2027')
  })

  test.each([
    ['2026-11-24T13:05:00Z', 'Europe/Berlin', 'Tue 24 Nov 2026, 14:05'],
    ['2026-11-24T23:59:00Z', 'Asia/Kathmandu', 'Wed 25 Nov 2026, 05:44'],
    ['2026-11-24T10:15:00Z', 'Pacific/Chatham', 'Wed 25 Nov 2026, 00:00'],
    ['2026-11-24T04:59:59Z', 'America/New_York', 'Mon 23 Nov 2026, 23:59'],
    // Readings that a clock in New York, Berlin and Cairo never shows.
    ['2026-03-08T02:30:00Z', 'UTC', 'Sun 8 Mar 2026, 02:30'],
    ['2026-03-29T02:30:00Z', 'UTC', 'Sun 29 Mar 2026, 02:30'],
    ['2027-04-30T00:30:00Z', 'UTC', 'Fri 30 Apr 2027, 00:30'],
  ])('%s in %s is %s', (instant, zone, text) => {
    process.env['TZ'] = host
    expect(formatInstant(instant, zone)).toBe(text)
  })

  test('every half past of two years agrees with the clock it was made from', () => {
    process.env['TZ'] = host
    const wrong: string[] = []
    for (let at = Date.UTC(2026, 0, 1, 0, 30); at < Date.UTC(2028, 0, 1); at += 3_600_000) {
      const iso = new Date(at).toISOString()
      if (!formatInstant(iso, 'UTC').endsWith(iso.slice(11, 16)) || dateIn(iso, 'UTC') !== iso.slice(0, 10)) {
        wrong.push(iso)
      }
    }
    expect(wrong).toEqual([])
  })

  test('a window is written on several clocks', () => {
    process.env['TZ'] = host
    expect(formatClockRange(berlinMidnight, 'Europe/Berlin')).toBe('Sat 28 Nov 2026 between 00:00 and 01:00')
    expect(formatShortClockRange(berlinMidnight, 'America/New_York')).toBe('Fri 27 Nov, 18:00–19:00')
    expect(formatClockRange(berlinMidnight, 'UTC')).toBe('Fri 27 Nov 2026 between 23:00 and midnight')
    expect(formatShortClockRange(berlinMidnight, 'UTC')).toBe('Fri 27 Nov, 23:00–24:00')
  })
})

test('a window over midnight names both days', () => {
  const window = { start: '2026-11-27T18:15:00Z', end: '2026-11-27T19:15:00Z' }
  expect(formatClockRange(window, 'Asia/Kathmandu')).toBe('Sat 28 Nov 2026 between 00:00 and 01:00')
  expect(formatClockRange(window, 'Asia/Dubai')).toBe('Fri 27 Nov 2026 between 22:15 and 23:15')
  expect(formatClockRange(window, 'Asia/Karachi')).toBe(
    'between Fri 27 Nov 2026, 23:15 and Sat 28 Nov 2026, 00:15',
  )
})

test('a window in which the clocks are put back names the offsets', () => {
  const havana = { start: '2027-11-07T04:00:00Z', end: '2027-11-07T05:00:00Z' }
  expect(formatClockRange(havana, 'America/Havana')).toBe(
    'Sun 7 Nov 2027 between 00:00 (UTC−4) and 00:00 (UTC−5)',
  )
})

test('a day that begins at one begins at one', () => {
  const cairo = { start: '2027-04-29T22:00:00Z', end: '2027-04-29T23:00:00Z' }
  expect(formatClockRange(cairo, 'Africa/Cairo')).toBe('Fri 30 Apr 2027 between 01:00 and 02:00')
})

test('clocks that show the same are named once', () => {
  const zones = (reader: string | null, device: string) =>
    threeClocks(berlinMidnight, { scheduler: 'Europe/Berlin', reader, device }).map(({ zone }) => zone)
  expect(zones('Europe/Berlin', 'Europe/Berlin')).toEqual(['Europe/Berlin', 'UTC'])
  expect(zones('Asia/Kathmandu', 'Pacific/Chatham')).toEqual([
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'UTC',
  ])
  expect(zones('Asia/Kathmandu', 'Asia/Katmandu')).toEqual(['Europe/Berlin', 'Asia/Kathmandu', 'UTC'])
  expect(zones('Europe/Paris', 'Europe/Rome')).toEqual(['Europe/Berlin', 'UTC'])
  expect(zones(null, 'UTC')).toEqual(['Europe/Berlin', 'UTC'])
})

test.each([
  ['2026-11-28', 'in 8 days'],
  ['2026-11-21', 'tomorrow'],
  ['2026-11-20', 'today'],
  ['2026-11-19', 'yesterday'],
])('%s is %s, counted in whole days of the zone', (date, text) => {
  expect(relativeDay(date, '2026-11-20T22:59:00Z', 'Europe/Berlin')).toBe(text)
})

test('the same moment is another day elsewhere', () => {
  expect(relativeDay('2026-11-21', '2026-11-20T22:59:00Z', 'Asia/Kathmandu')).toBe('today')
})

test.each([
  ['2026-11-20T12:00:20Z', 'now'],
  ['2026-11-20T11:58:00Z', '2 minutes ago'],
  ['2026-11-20T15:00:00Z', 'in 3 hours'],
  ['2026-11-17T12:00:00Z', '3 days ago'],
])('%s is %s at noon', (instant, text) => {
  expect(relativeInstant(instant, '2026-11-20T12:00:00Z')).toBe(text)
})

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [125, '2 min 5 s'],
  [3780, '1 h 3 min'],
  [3605, '1 h'],
  [353_000, '4 d 2 h'],
])('%i seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('counts, sizes and running clocks', () => {
  expect(plural(1, 'account')).toBe('1 account')
  expect(plural(1204, 'account')).toBe('1,204 accounts')
  expect(plural(0, 'entry', 'entries')).toBe('0 entries')
  expect(formatBytes(312)).toBe('312 bytes')
  expect(formatBytes(4300)).toBe('4.2 KB')
  expect(formatBytes(25 * 1024 * 1024)).toBe('25 MB')
  expect(formatTimeWithSeconds('2026-11-20T12:00:09Z', 'Asia/Kathmandu')).toBe('17:45:09')
})
