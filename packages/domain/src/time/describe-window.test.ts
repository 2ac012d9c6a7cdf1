import { describe, expect, test } from 'vitest'
import { describeWindow, type WindowKind } from './describe-window.ts'
import windows from './test-data/release-windows.json' with { type: 'json' }

describe('the kind of a window', () => {
  test.each<[string, string, WindowKind, string, string]>([
    ['2026-11-28', 'Europe/Berlin', 'ordinary', '2026-11-28T00:00', '2026-11-28T01:00'],
    // The clock is put back at 03:00 that night: after the window.
    ['2026-10-25', 'Europe/Berlin', 'ordinary', '2026-10-25T00:00', '2026-10-25T01:00'],
    // 01:00 becomes 02:00 at the very end of the window.
    ['2027-03-28', 'Europe/London', 'ordinary', '2027-03-28T00:00', '2027-03-28T02:00'],
    ['2027-04-30', 'Africa/Cairo', 'midnight-skipped', '2027-04-30T01:00', '2027-04-30T02:00'],
    ['2027-09-05', 'America/Santiago', 'midnight-skipped', '2027-09-05T01:00', '2027-09-05T02:00'],
    ['1986-01-01', 'Asia/Kathmandu', 'midnight-skipped', '1986-01-01T00:15', '1986-01-01T01:15'],
    ['2028-11-05', 'America/Havana', 'midnight-repeated', '2028-11-05T00:00', '2028-11-05T00:00'],
    ['2028-10-29', 'Atlantic/Azores', 'midnight-repeated', '2028-10-29T00:00', '2028-10-29T00:00'],
    ['2011-03-13', 'America/St_Johns', 'hour-shortened', '2011-03-13T00:00', '2011-03-13T02:00'],
    ['2011-12-30', 'Pacific/Apia', 'day-missing', '2011-12-31T00:00', '2011-12-31T01:00'],
  ])('%s in %s is %s', (date, timeZone, kind, localStart, localEnd) => {
    expect(describeWindow(date, timeZone)).toMatchObject({ kind, localStart, localEnd })
  })

  test('agrees with how long the hour after midnight lasts on the local clock', () => {
    for (const { id, date, zone, dateExists, wallClock00to01Minutes, tzdataDependent } of windows.cases) {
      if (tzdataDependent) continue // the length belongs to newer zone data
      const { kind } = describeWindow(date, zone)
      const ordinary = wallClock00to01Minutes === 60
      if (!dateExists) expect(kind, id).toBe('day-missing')
      else if (ordinary) expect(kind, id).toBe('ordinary')
      else expect(kind, id).not.toBe('ordinary')
    }
  })
})
