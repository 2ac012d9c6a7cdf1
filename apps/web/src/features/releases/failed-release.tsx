import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseSummary } from '@packline/contract/releases.ts'
import { Button } from '@mantine/core'
import { api } from '../../api.ts'
import { plural } from '../../lib/dates.ts'
import { PackChangedDialog } from '../../packs/pack-changed-dialog.tsx'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { paths } from '../../paths.ts'
import { usePermission, useReaderZone } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Allowed } from '../../ui/why-not.tsx'
import { ReleaseProgress } from './release-progress.tsx'
import classes from './release-standing.module.css'

/** A release that ended in an error, with the error and the way to try it again. */
export function FailedRelease({ pack, failed }: { pack: PackView; failed: ReleaseSummary }) {
  const permission = usePermission('retry-release')
  const zone = useReaderZone()
  const retry = usePackWrite({
    pack,
    act: `try again ${failed.id} ${failed.attempts}`,
    send: (_input: null, options) => api.tryAgain({ releaseId: failed.id, ...options }),
    onDone: () => announce(`Release ${failed.sequence} is tried again`),
  })
  return (
    <section className={classes['root']} data-tone="bad" aria-labelledby="failed-release">
      <h3 id="failed-release" className={classes['title']}>
        <StatusBadge tone="bad">Failed</StatusBadge> Release {failed.sequence} could not go out
        {failed.startedAt !== null && ' completely'}
      </h3>
      <p className={classes['line']}>
        {plural(failed.attempts, 'attempt')}, the last one on <Moment at={failed.changedAt} zone={zone} />.{' '}
        <TextLink to={paths.rollout(pack.id, failed.id)}>View rollout</TextLink>
      </p>
      {failed.lastError !== null && <p className={classes['quote']}>{failed.lastError}</p>}
      {failed.updated > 0 && <ReleaseProgress updated={failed.updated} total={failed.total} />}
      {retry.error && <ErrorState error={retry.error} />}
      <div className={classes['actions']} data-no-print>
        <Allowed permission={permission}>
          <Button variant="default" loading={retry.isBusy} onClick={() => retry.run(null)}>
            Try again
          </Button>
        </Allowed>
      </div>
      {retry.conflict && (
        <PackChangedDialog
          seen={retry.conflict.seen}
          current={retry.conflict.current}
          anywayLabel="Try again anyway"
          isBusy={retry.isBusy}
          onAnyway={retry.runAnyway}
          onKeepNewer={retry.reset}
        />
      )}
    </section>
  )
}
