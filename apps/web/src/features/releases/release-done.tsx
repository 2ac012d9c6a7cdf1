import type { ReleaseView } from '@packline/contract/releases.ts'
import { releasePhase } from '@packline/domain/releases/release-status.ts'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { formatInstant, plural } from '../../lib/dates.ts'
import { WindowClocks, windowText } from '../../packs/window-clocks.tsx'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { ChangeList } from '../../packs/change-list.tsx'
import classes from './release-done.module.css'
import { ReleaseProgress } from './release-progress.tsx'
import { releaseQueries } from './releases.queries.ts'

/** The success screen: what goes or went out, when, and who is touched. */
export function ReleaseDone({ packId, releaseId }: { packId: string; releaseId: string }) {
  const query = useQuery(releaseQueries.one(releaseId))
  if (!query.data) {
    return (
      <>
        <PageHeading title="Release Integration Pack" />
        {query.error ? (
          <ErrorState
            error={query.error}
            onRetry={() => void query.refetch()}
            action={<TextLink to={paths.pack(packId)}>Back to the integration pack</TextLink>}
          />
        ) : (
          <Loading lines={6} />
        )}
      </>
    )
  }
  const release = query.data
  const phase = releasePhase(release)
  return (
    <>
      <PageHeading
        title={titles[phase]}
        documentTitle={`${titles[phase]} · ${release.packName}`}
        focusKey="done"
      />
      <WhenText release={release} />
      <section className={classes['section']} aria-labelledby="done-changes">
        <h2 id="done-changes">What changes</h2>
        <ChangeList changes={release.changes} />
      </section>
      <section className={classes['section']} aria-labelledby="done-reach">
        <h2 id="done-reach">Who is touched</h2>
        {phase === 'waiting-for-date' ? (
          <p>
            {release.total === 0
              ? 'It reaches no environment yet.'
              : `${plural(release.total, 'environment')}. Their accounts may apply the release early, from now on; the rest are updated on the date.`}
          </p>
        ) : (
          <ReleaseProgress updated={release.updated} total={release.total} />
        )}
      </section>
      <p className={classes['links']}>
        <TextLink to={paths.rollout(packId, release.id)}>View rollout</TextLink>
        {phase === 'waiting-for-date' && (
          <a className="link" href={api.calendarEntryUrl(release.id)} download>
            <IconCalendarPlus size={16} aria-hidden /> Add to calendar
          </a>
        )}
      </p>
      <p className={classes['hint']}>
        If you have not already done so, add the integration pack as a resource to account groups on the{' '}
        <TextLink to={paths.accountGroups()}>Account Groups</TextLink> tab in Settings &gt; Account
        Information and Setup. You only need to do this once for future releases to be shared to the account
        group.
      </p>
      <ButtonLink to={paths.pack(packId)}>Finish</ButtonLink>
    </>
  )
}

const titles = {
  'waiting-for-date': 'Integration pack release scheduled',
  'going-out': 'Integration pack is being released',
  over: 'Integration pack released',
}

function WhenText({ release }: { release: ReleaseView }) {
  const { packName, sequence, window, releaseOn, timeZone, finishedAt, confirmedAt } = release
  const zone = useReaderZone()
  const what = `Release ${sequence} of “${packName}” with ${plural(release.packageCount, 'package')}`
  if (releasePhase(release) === 'waiting-for-date' && window && releaseOn !== null && timeZone !== null) {
    return (
      <>
        <p className={classes['when']}>
          {what} releases {windowText(window, timeZone)}.
        </p>
        <WindowClocks window={window} releaseOn={releaseOn} timeZone={timeZone} />
      </>
    )
  }
  if (release.status === 'ERROR') {
    return (
      <p className={classes['when']}>
        {what} could not go out{release.startedAt !== null && ' completely'}: {release.lastError}
      </p>
    )
  }
  return (
    <p className={classes['when']}>
      {what} {finishedAt === null ? 'is going out since' : 'is out since'}{' '}
      {formatInstant(finishedAt ?? confirmedAt, zone)} ({zone}).
    </p>
  )
}
