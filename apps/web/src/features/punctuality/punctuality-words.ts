import type { PunctualityRow, PunctualitySummary } from '@packline/contract/punctuality.ts'
import { formatCount, formatDuration, plural } from '../../lib/dates.ts'
import type { StatusTone } from '../../ui/status-badge.tsx'

/** "under 0.1 s", "0.4 s", "14 s", "2 min 5 s": with a digit more where seconds are few. */
export function tookText(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s'
  return seconds < 10 ? `${Number(seconds.toFixed(1))} s` : formatDuration(seconds)
}

/** The whole page in two sentences. */
export function summaryText({ releases, finished, late, medianSeconds }: PunctualitySummary): string {
  const count = `${plural(releases, 'release was', 'releases were')} due in the last 90 days.`
  if (medianSeconds === null || finished === 0) return count
  const median =
    finished === 1
      ? `It was current everywhere after ${tookText(medianSeconds)}`
      : `The median until a release was current everywhere is ${tookText(medianSeconds)}`
  const lateness = late === 0 ? 'none was late' : `${formatCount(late)} ${late === 1 ? 'was' : 'were'} late`
  return `${count} ${median}, and ${lateness}.`
}

/** How a release kept its time, as a word and, where it did not, by how much. */
export function standingOf({ status, timing, lateBySeconds }: PunctualityRow): {
  tone: StatusTone
  label: string
} {
  const late = lateBySeconds === null ? '' : `, ${formatDuration(lateBySeconds)} late`
  switch (status) {
    case 'SCHEDULED':
      return { tone: lateBySeconds === null ? 'waiting' : 'bad', label: `Not begun${late}` }
    case 'IN_PROGRESS':
      return { tone: lateBySeconds === null ? 'running' : 'bad', label: `Going out${late}` }
    case 'ERROR':
      return { tone: 'bad', label: `Failed${late}` }
    case 'SUCCESS':
      if (lateBySeconds !== null) return { tone: 'warning', label: `${formatDuration(lateBySeconds)} late` }
      return { tone: 'good', label: timing === 'DATED' ? 'In its window' : 'At once' }
  }
}
