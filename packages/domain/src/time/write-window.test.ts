import { expect, test } from 'vitest'
import { releaseWindow } from './release-window.ts'
import { writeDay, writeWindow } from './write-window.ts'

test.each([
  ['2026-11-24', 'Tue 24 Nov 2026'],
  ['2027-01-03', 'Sun 3 Jan 2027'],
  ['2028-02-29', 'Tue 29 Feb 2028'],
])('%s is written %s', (date, text) => {
  expect(writeDay(date)).toBe(text)
})

test.each([
  ['2026-11-28', 'Europe/Berlin', 'Sat 28 Nov 2026 between 00:00 and 01:00 Europe/Berlin'],
  // Midnight is skipped: the day begins at one.
  ['2027-04-30', 'Africa/Cairo', 'Fri 30 Apr 2027 between 01:00 and 02:00 Africa/Cairo'],
  ['1986-01-01', 'Asia/Kathmandu', 'Wed 1 Jan 1986 between 00:15 and 01:15 Asia/Kathmandu'],
  // Midnight comes twice: both ends read 00:00, so the offsets tell them apart.
  [
    '2028-11-05',
    'America/Havana',
    'Sun 5 Nov 2028 between 00:00 (UTC-04:00) and 00:00 (UTC-05:00) America/Havana',
  ],
  // The zone went from the 29th to the 31st.
  ['2011-12-30', 'Pacific/Apia', 'Sat 31 Dec 2011 between 00:00 and 01:00 Pacific/Apia'],
])('the window of %s in %s is written as it is', (date, timeZone, text) => {
  expect(writeWindow(releaseWindow(date, timeZone), timeZone)).toBe(text)
})
