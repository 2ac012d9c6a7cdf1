import type { PackView } from '@packline/contract/integration-packs.ts'
import { useEffect, useRef } from 'react'
import { refreshPacks } from '../../packs/pack-queries.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { showBanner } from '../../ui/banner-shelf.tsx'
import { Moment } from '../../ui/moment.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { FailedAttempt } from './failed-attempt.tsx'
import classes from './release-standing.module.css'
import { ReleaseProgress } from './release-progress.tsx'

/** A release on its way to the install base, live; says so when it has arrived. */
export function ReleaseGoingOut({ pack }: { pack: PackView }) {
  const { inProgress, scheduled, failed, current } = pack
  const zone = useReaderZone()
  // A failed one, too: tried again, it may be out before anybody sees it going out.
  const awaited = inProgress ?? scheduled ?? failed
  const watched = useRef(awaited)

  useEffect(() => {
    const before = watched.current
    watched.current = awaited
    if (!before || (before.id === awaited?.id && before.status === awaited.status)) return
    void refreshPacks()
    if (current?.id === before.id && current.status === 'SUCCESS') {
      showBanner({ text: `Release ${before.sequence} of “${pack.name}” is out everywhere.` })
    }
  }, [awaited, current, pack.name])

  if (!inProgress) return null
  return (
    <section className={classes['root']} data-tone="running" aria-labelledby="going-out">
      <h3 id="going-out" className={classes['title']}>
        Release {inProgress.sequence} is going out
      </h3>
      <p className={classes['line']}>
        {inProgress.startedAt ? (
          <>
            Started <Moment at={inProgress.startedAt} zone={zone} />
          </>
        ) : (
          'It starts in a moment'
        )}
        , by {inProgress.scheduledByName}.{' '}
        <TextLink to={paths.rollout(pack.id, inProgress.id)}>View rollout</TextLink>
      </p>
      <ReleaseProgress updated={inProgress.updated} total={inProgress.total} />
      <FailedAttempt release={inProgress} />
    </section>
  )
}
