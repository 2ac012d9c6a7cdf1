import type { ReleaseView } from '@packline/contract/releases.ts'
import { formatDay, formatDuration } from '../../lib/dates.ts'
import { ReleaseBadge } from '../../packs/release-badge.tsx'
import { WindowClocks, windowText } from '../../packs/window-clocks.tsx'
import { useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** When a release was confirmed, due, started and finished, by whom, and how late it was. */
export function ReleaseFacts({ release }: { release: ReleaseView }) {
  const zone = useReaderZone()
  const moment = (at: string | null) => at !== null && <Moment at={at} zone={zone} />
  const { window, releaseOn, timeZone, lateBySeconds, status } = release
  const isDated = window !== null && releaseOn !== null && timeZone !== null
  return (
    <FactList
      facts={[
        [
          'Status',
          <span key="status">
            <ReleaseBadge release={release} />{' '}
            {release.isRollback && <StatusBadge tone="warning">Rollback</StatusBadge>}
          </span>,
        ],
        ['Release on Date', isDated ? formatDay(releaseOn) : 'Immediately'],
        [
          'Release window',
          isDated && (
            <>
              {windowText(window, timeZone)}
              <WindowClocks window={window} releaseOn={releaseOn} timeZone={timeZone} />
            </>
          ),
        ],
        [
          'Confirmed',
          <span key="confirmed">
            {moment(release.confirmedAt)} by {release.scheduledByName}
          </span>,
        ],
        ['Last changed', release.changedAt !== release.confirmedAt && moment(release.changedAt)],
        ['Started', moment(release.startedAt)],
        ['Finished', moment(release.finishedAt)],
        ['Lateness', status === 'SUCCESS' && isDated ? latenessText(lateBySeconds) : null],
        ['Attempts', release.attempts > 1 ? String(release.attempts) : null],
        ['Last error', release.lastError],
        ['Cancelled', release.cancelReason && `By ${release.cancelledByName}: ${release.cancelReason}`],
        [
          'Release before',
          release.previousSequence === null ? 'None' : `Release ${release.previousSequence}`,
        ],
        [
          'Request ID',
          <span key="request">
            <code>{release.requestId}</code> <CopyButton value={release.requestId} what="Request ID" />
          </span>,
        ],
      ]}
    />
  )
}

const latenessText = (lateBySeconds: number | null) =>
  lateBySeconds === null ? 'On time' : `${formatDuration(lateBySeconds)} after the end of the window`
