import type { ReleaseView } from '@packline/contract/releases.ts'
import { releasePhase } from '@packline/domain/releases/release-status.ts'
import { IconAntennaBars5, IconRefresh } from '@tabler/icons-react'
import { useBusinessNow } from '../../business-time.ts'
import { formatInstant, relativeInstant } from '../../lib/dates.ts'
import { useIsLive } from '../../live-changes.ts'
import { ReleaseBadge } from '../../packs/release-badge.tsx'
import { windowText } from '../../packs/window-clocks.tsx'
import { useReaderZone } from '../../session.ts'
import classes from './rollout-page.module.css'

type RolloutStandingProps = { release: ReleaseView; countedAt: string | undefined }

/** Counts older than this are not of now, in milliseconds: a large rollout is counted now and then only. */
const oldMillis = 10_000

/** Where the release itself stands, and how fresh what the page shows of it is. */
export function RolloutStanding({ release, countedAt }: RolloutStandingProps) {
  const zone = useReaderZone()
  const isLive = useIsLive()
  const now = useBusinessNow(10_000)
  const isOld = countedAt !== undefined && now.getTime() - Date.parse(countedAt) > oldMillis
  return (
    <p className={classes['standing']}>
      <ReleaseBadge release={release} />
      <span>{whenText(release, zone)}</span>
      <span className={classes['live']}>
        {isLive ? <IconAntennaBars5 size={15} aria-hidden /> : <IconRefresh size={15} aria-hidden />}
        {isLive ? 'Live' : 'Looked at again every few seconds'}
        {isOld && countedAt !== undefined && ` · counted ${relativeInstant(countedAt, now)}`}
      </span>
    </p>
  )
}

function whenText(release: ReleaseView, zone: string): string {
  const { window, timeZone, finishedAt, startedAt, confirmedAt, status, changedAt } = release
  if (status === 'CANCELLED') {
    return `By ${release.cancelledByName ?? 'somebody'}, ${formatInstant(changedAt, zone)}`
  }
  if (status === 'SUPERSEDED') return `Since ${formatInstant(changedAt, zone)}`
  if (releasePhase(release) === 'waiting-for-date' && window && timeZone !== null) {
    return `Goes out ${windowText(window, timeZone)}. Accounts may apply it before.`
  }
  const at = finishedAt ?? startedAt ?? confirmedAt
  return `${finishedAt === null ? 'Since' : 'Out since'} ${formatInstant(at, zone)}`
}
