import { parseReleaseDate } from '../time/release-window.ts'

export type AuditRange = { from: Temporal.Instant | undefined; until: Temporal.Instant | undefined }
export type AuditRangeRefusal = 'date-invalid' | 'range-reversed'
export type AuditRangeCheck =
  | { kind: 'ok'; range: AuditRange }
  | { kind: 'refused'; reason: AuditRangeRefusal }

/** The instants of these dates in the reader's zone, both dates included; a side that is left out is open. */
export function readAuditRange(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  timeZone: string,
): AuditRangeCheck {
  try {
    const first = from === undefined ? undefined : parseReleaseDate(from)
    const last = to === undefined ? undefined : parseReleaseDate(to)
    if (first && last && Temporal.PlainDate.compare(first, last) > 0) {
      return { kind: 'refused', reason: 'range-reversed' }
    }
    const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).toInstant()
    return {
      kind: 'ok',
      range: { from: first && startOf(first), until: last && startOf(last.add({ days: 1 })) },
    }
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'refused', reason: 'date-invalid' }
    throw error
  }
}
