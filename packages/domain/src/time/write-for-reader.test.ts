import { expect, test } from 'vitest'
import { knownLocale, writeDay, writeDuration, writeWindow } from './write-for-reader.ts'

const berlin = {
  timeZone: 'Europe/Berlin',
  window: { start: '2027-02-28T23:00:00Z', end: '2027-03-01T00:00:00Z' },
}
const spaces = (text: string) => text.replaceAll(/[\u2009\u202f\u00a0]/g, ' ')

test.each([
  ['en-GB', 'Europe/Berlin', 'Mon, 1 Mar 2027, 00:00–01:00 (Europe/Berlin)'],
  [
    'en-GB',
    'Asia/Kathmandu',
    'Mon, 1 Mar 2027, 00:00–01:00 (Europe/Berlin); in your time zone Asia/Kathmandu: Mon, 1 Mar 2027, 04:45–05:45',
  ],
  [
    'de-DE',
    'America/New_York',
    'Mo., 1. März 2027, 00:00–01:00 Uhr (Europe/Berlin); in your time zone America/New_York: So., 28. Feb. 2027, 18:00–19:00 Uhr',
  ],
])('a window for a reader with %s in %s', (locale, timeZone, expected) => {
  expect(spaces(writeWindow(berlin, { locale, timeZone }))).toBe(expected)
})

test.each([
  ['en-US', 'Mon, Mar 1, 2027'],
  ['fr', 'lun. 1 mars 2027'],
  ['ja', '2027年3月1日(月)'],
  // The year is everybody's, not the Buddhist one.
  ['th', 'จันทร์ 1 มี.ค. 2027'],
])('a day in %s', (locale, expected) => {
  expect(spaces(writeDay('2027-03-01', locale))).toBe(expected)
})

test.each([
  [null, 'en-GB'],
  ['', 'en-GB'],
  ['x', 'en-GB'],
  ['../../etc', 'en-GB'],
  ['de-AT', 'de-AT'],
])('%s becomes the locale %s', (tag, expected) => {
  expect(knownLocale(tag)).toBe(expected)
})

test.each([
  [0, '0 s'],
  [40, '40 s'],
  [7_500, '2 h 5 min'],
  [90_000, '1 d 1 h'],
])('%i seconds are %s', (seconds, expected) => {
  expect(writeDuration(seconds)).toBe(expected)
})
