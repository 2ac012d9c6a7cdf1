export type Lateness = { kind: 'on-time' } | { kind: 'late'; by: Temporal.Duration }

/**
 * A release is late when it was not current everywhere before its window ended, and by how long after that end
 * (R-43, D-25). The window's end is the one derived with the zone data in use when it finished.
 */
export function lateness(windowEnd: Temporal.Instant, finishedAt: Temporal.Instant): Lateness {
  return Temporal.Instant.compare(finishedAt, windowEnd) < 0
    ? { kind: 'on-time' }
    : { kind: 'late', by: finishedAt.since(windowEnd, { largestUnit: 'hour' }) }
}
