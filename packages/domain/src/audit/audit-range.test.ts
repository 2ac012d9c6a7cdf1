import { expect, test } from 'vitest'
import { readAuditRange } from './audit-range.ts'

const instants = (from: string | undefined, to: string | undefined, zone: string) => {
  const check = readAuditRange({ from, to }, zone)
  return check.kind === 'ok' ? [check.range.from?.toString(), check.range.until?.toString()] : check.reason
}

test.each([
  ['2026-11-20', '2026-11-20', 'UTC', ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z']],
  ['2026-11-20', '2026-11-21', 'Asia/Kathmandu', ['2026-11-19T18:15:00Z', '2026-11-21T18:15:00Z']],
  // The day of 25 hours, and the one that begins at 01:00.
  ['2026-10-25', '2026-10-25', 'Europe/Berlin', ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z']],
  ['2027-04-30', '2027-04-30', 'Africa/Cairo', ['2027-04-29T22:00:00Z', '2027-04-30T21:00:00Z']],
  [undefined, '2026-11-20', 'UTC', [undefined, '2026-11-21T00:00:00Z']],
  ['2026-11-20', undefined, 'UTC', ['2026-11-20T00:00:00Z', undefined]],
  [undefined, undefined, 'UTC', [undefined, undefined]],
  ['2026-11-21', '2026-11-20', 'UTC', 'range-reversed'],
  ['2026-02-30', undefined, 'UTC', 'date-invalid'],
  [undefined, 'yesterday', 'UTC', 'date-invalid'],
  ['2026-11-20T10:00', undefined, 'UTC', 'date-invalid'],
  // The day after it is one that the calendar does not have.
  [undefined, '9999-99-99', 'UTC', 'date-invalid'],
])('%s to %s in %s', (from, to, zone, expected) => {
  expect(instants(from, to, zone)).toEqual(expected)
})
