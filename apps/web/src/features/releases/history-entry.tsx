import type { ReleaseHistoryEntry } from '@packline/contract/releases.ts'
import { formatDuration, formatInstant, plural } from '../../lib/dates.ts'
import { ReleaseBadge } from '../../packs/release-badge.tsx'
import { windowText } from '../../packs/window-clocks.tsx'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { Markdown } from '../../ui/markdown.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { ChangeList } from '../../packs/change-list.tsx'
import classes from './release-history.module.css'

type HistoryEntryProps = { packId: string; release: ReleaseHistoryEntry }

/** One release in the history: what, when, who, what changed, and the way back to it. */
export function HistoryEntry({ packId, release }: HistoryEntryProps) {
  const { sequence, isRollback, lateBySeconds, notes, cancelReason, cancelledByName, lastError } = release
  const zone = useReaderZone()
  const permission = usePermission('release-pack')
  const id = `release-${release.id}`
  return (
    <li className={classes['entry']} aria-labelledby={id}>
      <div className={classes['head']}>
        <h4 id={id} className={classes['title']}>
          <TextLink to={paths.release(packId, release.id)}>Release {sequence}</TextLink>
        </h4>
        <ReleaseBadge release={release} />
        {isRollback && <StatusBadge tone="warning">Rollback</StatusBadge>}
        {lateBySeconds !== null && (
          <StatusBadge tone="warning">Late by {formatDuration(lateBySeconds)}</StatusBadge>
        )}
      </div>
      <p className={classes['facts']}>{whenText(release, zone)}</p>
      <p className={classes['facts']}>
        Confirmed by {release.scheduledByName} · {plural(release.packageCount, 'package')}
      </p>
      {cancelReason !== null && (
        <p className={classes['quote']}>
          Cancelled by {cancelledByName}: {cancelReason}
        </p>
      )}
      {release.status === 'ERROR' && lastError !== null && <p className={classes['quote']}>{lastError}</p>}
      <ChangeList changes={release.changes} />
      {notes !== '' && (
        <details className={classes['notes']}>
          <summary>Release notes</summary>
          <Markdown>{notes}</Markdown>
        </details>
      )}
      <p className={classes['links']} data-no-print>
        <TextLink to={paths.rollout(packId, release.id)} aria-label={`View rollout of release ${sequence}`}>
          View rollout
        </TextLink>
        {release.canRollBackTo && permission.kind === 'allowed' && (
          <TextLink
            to={paths.releaseWizard(packId, { rollBackTo: release.id })}
            aria-label={`Roll back to this release: release ${sequence}`}
          >
            Roll back to this release
          </TextLink>
        )}
      </p>
    </li>
  )
}

/** When it goes or went out; a dated release in the zone of its scheduler. */
function whenText(release: ReleaseHistoryEntry, zone: string): string {
  const { window, timeZone, finishedAt, startedAt, confirmedAt, status } = release
  if (window && timeZone !== null) {
    const planned = windowText(window, timeZone)
    if (status === 'SCHEDULED') return `Goes out ${planned}`
    if (status === 'CANCELLED' || status === 'SUPERSEDED') return `Was to go out ${planned}`
    return finishedAt === null ? planned : `${planned}; out ${formatInstant(finishedAt, zone)} (${zone})`
  }
  return `Released immediately, ${formatInstant(finishedAt ?? startedAt ?? confirmedAt, zone)} (${zone})`
}
