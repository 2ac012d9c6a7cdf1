import type { InstallationView } from '@packline/contract/installations.ts'
import { goesOut } from '../../packs/consumer-release-words.ts'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './pending-updates.module.css'

/** So many environments are named; the rest are counted. */
const namedAtMost = 5

/** A release in its testing period, and where it can be applied before its date. */
export function PendingUpdates({ installation }: { installation: InstallationView }) {
  const { pending, attached, isShared } = installation
  const mayLook = usePermission('view-updates').kind === 'allowed'
  if (pending === null || !isShared) return null
  const offered = attached.filter(({ state }) => state === 'offered')
  const named = offered.slice(0, namedAtMost)
  const rest = offered.length - named.length
  return (
    <div className={classes['root']}>
      <Banner>
        <p>
          A new release goes out by itself {goesOut(pending)}.{' '}
          {offered.length === 0
            ? 'There is nothing to apply before that.'
            : 'Until then its update can be applied early, one environment at a time:'}
        </p>
        {mayLook && named.length > 0 && (
          <ul className={classes['list']} aria-label="Environments with a pending update">
            {named.map(({ environmentId, environmentName }) => (
              <li key={environmentId}>
                <TextLink to={paths.environmentPacks(environmentId)}>{environmentName}</TextLink>
              </li>
            ))}
            {rest > 0 && <li>and {rest} more</li>}
          </ul>
        )}
      </Banner>
    </div>
  )
}
