import type { ConsumerRelease } from '@packline/contract/consumer-releases.ts'
import { dateIn, formatDay } from '../lib/dates.ts'
import { windowText } from './window-clocks.tsx'

/** "Tue 24 Nov 2026": the release date; of an immediate release the day on the reader's clock. */
export function releaseDay({ releaseOn, releasedAt }: ConsumerRelease, readerZone: string): string {
  if (releaseOn !== null) return formatDay(releaseOn)
  return releasedAt === null ? 'not out yet' : formatDay(dateIn(releasedAt, readerZone))
}

/** "on Sat 28 Nov 2026 between 00:00 and 01:00 Europe/Berlin": when a pending release goes out by itself. */
export const goesOut = ({ window, timeZone }: ConsumerRelease): string =>
  window === null || timeZone === null ? 'in a moment' : `on ${windowText(window, timeZone)}`
