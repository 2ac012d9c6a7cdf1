import { formatInstant } from '../lib/dates.ts'

/** "Tue 24 Nov 2026, 14:05" on the clock of that zone; pointing at it names the zone. */
export function Moment({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={at} title={zone}>
      {formatInstant(at, zone)}
    </time>
  )
}
