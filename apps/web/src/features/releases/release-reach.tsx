import type { ReleaseView } from '@packline/contract/releases.ts'
import { releasePhase } from '@packline/domain/releases/release-status.ts'
import { formatCount } from '../../lib/dates.ts'
import { FactList } from '../../ui/fact-list.tsx'
import classes from './release-page.module.css'
import { ReleaseProgress } from './release-progress.tsx'

/** How far a release has come: environments, accounts, and what their Atoms have fetched. */
export function ReleaseReach({ release }: { release: ReleaseView }) {
  const { updated, total, appliedEarly, deliveries } = release
  const isWaiting = releasePhase(release) === 'waiting-for-date'
  const delivered = Object.entries(deliveries)
  return (
    <>
      <ReleaseProgress updated={updated} total={total} />
      <div className={classes['numbers']}>
        <FactList
          facts={[
            ['Updated', formatCount(updated - appliedEarly)],
            ['Applied early', formatCount(appliedEarly)],
            [isWaiting ? 'Waiting for the date' : 'Waiting', formatCount(Math.max(0, total - updated))],
            ['Accounts reached', formatCount(release.accounts)],
            [
              'Atoms',
              delivered.length === 0
                ? 'No delivery yet'
                : delivered.map(([state, count]) => `${formatCount(count)} ${wordFor(state)}`).join(', '),
            ],
          ]}
        />
      </div>
    </>
  )
}

/** Delivery states come as the server stores them. */
const wordFor = (state: string) => state.toLowerCase().replaceAll('_', ' ')
