import { describe, expect, test } from 'vitest'
import { checkReleaseDate, type ReleaseDateRefusal, releaseDateRange } from './release-date.ts'

const noon = Temporal.Instant.from('2026-11-20T12:00:00Z')

describe('D-13 tomorrow to one year ahead', () => {
  test.each([
    ['Europe/Berlin', '2026-11-20T12:00:00Z', '2026-11-21', '2027-11-20'],
    ['Pacific/Kiritimati', '2026-11-20T12:00:00Z', '2026-11-22', '2027-11-21'],
    ['Pacific/Pago_Pago', '2026-11-20T10:00:00Z', '2026-11-20', '2027-11-19'],
    ['UTC', '2027-12-31T23:59:59Z', '2028-01-01', '2028-12-31'],
    ['UTC', '2028-02-29T12:00:00Z', '2028-03-01', '2029-02-28'],
  ])('%s at %s: %s to %s', (timeZone, now, first, last) => {
    expect(releaseDateRange(timeZone, Temporal.Instant.from(now))).toEqual({ first, last })
  })

  test('both ends are allowed, the days beside them are not', () => {
    const kindOf = (date: string) => checkReleaseDate(date, 'Europe/Berlin', noon).kind
    expect(['2026-11-20', '2026-11-21', '2027-11-20', '2027-11-21'].map(kindOf)).toEqual([
      'refused',
      'ok',
      'ok',
      'refused',
    ])
  })
})

describe('R-29 the date must be after today in the scheduler’s zone', () => {
  test.each<[string, string, string, string, ReleaseDateRefusal]>([
    ['today', '2026-11-20', 'Europe/Berlin', '2026-11-20T12:00:00Z', 'date-is-today'],
    ['yesterday', '2026-11-19', 'Europe/Berlin', '2026-11-20T12:00:00Z', 'date-in-past'],
    ['long ago', '1999-01-01', 'Europe/Berlin', '2026-11-20T12:00:00Z', 'date-in-past'],
    ['in 400 days', '2027-12-25', 'Europe/Berlin', '2026-11-20T12:00:00Z', 'date-too-far'],
    ['29 February 2027 (b10)', '2027-02-29', 'Europe/Berlin', '2026-11-20T12:00:00Z', 'date-invalid'],
    ['a date with a time (b11)', '2027-03-01T23:00:00Z', 'UTC', '2026-11-20T12:00:00Z', 'date-invalid'],
    ['no date', '', 'UTC', '2026-11-20T12:00:00Z', 'date-missing'],
    // 00:30 of that day there already, although it is the day before in UTC.
    ['today there (b12)', '2027-01-02', 'Pacific/Auckland', '2027-01-01T11:30:00Z', 'date-is-today'],
    [
      'a day the zone never had (b14)',
      '2011-12-30',
      'Pacific/Apia',
      '2011-12-29T12:00:00-10:00',
      'date-skipped',
    ],
  ])('%s', (_what, date, timeZone, now, reason) => {
    expect(checkReleaseDate(date, timeZone, Temporal.Instant.from(now))).toMatchObject({
      kind: 'refused',
      reason,
    })
  })

  test('tomorrow there is accepted although it is today in UTC (b13)', () => {
    const now = Temporal.Instant.from('2027-01-01T23:30:00Z')
    const check = checkReleaseDate('2027-01-02', 'America/Los_Angeles', now)
    expect(check.kind === 'ok' && check.window.start.toString()).toBe('2027-01-02T08:00:00Z')
  })

  test('a refusal tells the allowed days', () => {
    expect(checkReleaseDate('2026-11-20', 'Europe/Berlin', noon)).toEqual({
      kind: 'refused',
      reason: 'date-is-today',
      range: { first: '2026-11-21', last: '2027-11-20' },
    })
  })

  test('the minute before midnight today is still today, the minute after is not', () => {
    const at = (now: string) =>
      checkReleaseDate('2026-11-21', 'Europe/Berlin', Temporal.Instant.from(now)).kind
    expect(at('2026-11-20T22:59:59.999Z')).toBe('ok')
    expect(at('2026-11-20T23:00:00Z')).toBe('refused')
  })
})
