import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useBusinessNow } from '../../business-time.ts'
import { formatCount, formatDay, plural, relativeInstant } from '../../lib/dates.ts'
import { WindowClocks, windowText } from '../../packs/window-clocks.tsx'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Allowed } from '../../ui/why-not.tsx'
import { FailedAttempt } from './failed-attempt.tsx'
import classes from './release-standing.module.css'

const ReleaseNowDialog = lazyDialog(() =>
  import('./release-now-dialog.tsx').then((module) => module.ReleaseNowDialog),
)
const RescheduleDialog = lazyDialog(() =>
  import('./reschedule-dialog.tsx').then((module) => module.RescheduleDialog),
)

const CancelReleaseDialog = lazyDialog(() =>
  import('./cancel-release-dialog.tsx').then((module) => module.CancelReleaseDialog),
)

type ScheduledReleaseProps = { pack: PackView; scheduled: ReleaseSummary }

/** The scheduled release: when it goes out on every clock that matters, who scheduled it, and what can be done about it. */
export function ScheduledRelease({ pack, scheduled }: ScheduledReleaseProps) {
  const { releaseOn, timeZone, window, sequence } = scheduled
  const permission = usePermission('reschedule-release')
  const [open, setOpen] = useState<'reschedule' | 'now' | 'cancel' | null>(null)
  const now = useBusinessNow()
  const zone = useReaderZone()
  if (releaseOn === null || timeZone === null || window === null) return null
  const dialog = { pack, scheduled, onClose: () => setOpen(null) }
  const isDue = Date.parse(window.start) <= now.getTime()

  return (
    <section className={classes['root']} aria-labelledby="scheduled-release">
      <h3 id="scheduled-release" className={classes['title']}>
        <span>
          Scheduled for <time dateTime={releaseOn}>{formatDay(releaseOn)}</time>
        </span>
        <span className={classes['countdown']}>{isDue ? 'due now' : relativeInstant(window.start, now)}</span>
      </h3>
      <p className={classes['line']}>
        Release {sequence} goes out {windowText(window, timeZone)}.
      </p>
      <WindowClocks window={window} releaseOn={releaseOn} timeZone={timeZone} />
      <p className={classes['line']}>
        Scheduled by {scheduled.scheduledByName}, <Moment at={scheduled.changedAt} zone={zone} /> ·{' '}
        {plural(scheduled.packageCount, 'package')} · {earlyText(scheduled)} ·{' '}
        <TextLink to={paths.rollout(pack.id, scheduled.id)}>View rollout</TextLink>
      </p>
      <p className={classes['line']}>
        Release request ID: <code>{scheduled.requestId}</code>{' '}
        <CopyButton value={scheduled.requestId} what="release request ID" />
      </p>
      <FailedAttempt release={scheduled} />
      <div className={classes['actions']} data-no-print>
        <Allowed permission={permission}>
          <Button variant="default" size="sm" onClick={() => setOpen('reschedule')}>
            Reschedule
          </Button>
          <ButtonLink
            variant="default"
            size="sm"
            to={paths.releaseWizard(pack.id, { replaces: scheduled.id })}
          >
            Change versions
          </ButtonLink>
          <Button variant="default" size="sm" onClick={() => setOpen('now')}>
            Release now
          </Button>
          <Button variant="default" size="sm" onClick={() => setOpen('cancel')}>
            Cancel release
          </Button>
        </Allowed>
      </div>
      <RescheduleDialog isOpen={open === 'reschedule'} {...dialog} />
      <ReleaseNowDialog isOpen={open === 'now'} {...dialog} />
      <CancelReleaseDialog isOpen={open === 'cancel'} {...dialog} />
    </section>
  )
}

function earlyText({ updated, total }: ReleaseSummary): string {
  if (total === 0) return 'installed in no environment yet'
  return updated === 0
    ? `nobody of ${plural(total, 'environment')} has applied it early`
    : `applied early in ${formatCount(updated)} of ${plural(total, 'environment')}`
}
