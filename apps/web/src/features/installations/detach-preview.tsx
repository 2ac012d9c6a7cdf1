import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../lib/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './detach-preview.module.css'
import { installationQueries } from './installations.queries.ts'

type DetachPreviewProps = { installationId: string; environmentIds: readonly string[] }

/** So many lines are shown; the rest are counted. Those with a warning come first. */
const shownAtMost = 10

/** The environments that are about to be detached, with what each of them would lose. */
export function DetachPreview({ installationId, environmentIds }: DetachPreviewProps) {
  const preview = useQuery(installationQueries.detachPreview(installationId, environmentIds))
  if (preview.error && !preview.data) {
    return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  }
  if (!preview.data) return <Loading lines={Math.min(environmentIds.length, 4)} />
  const { environments } = preview.data
  const warned = environments.filter(({ warning }) => warning !== null)
  const shown = [...warned, ...environments.filter(({ warning }) => warning === null)].slice(0, shownAtMost)
  return (
    <>
      {warned.length > 0 && (
        <div className={classes['banner']}>
          <Banner tone="warning">
            <strong>
              {warned.length === 1
                ? 'A pending update was applied early here.'
                : `A pending update was applied early in ${formatCount(warned.length)} of them.`}
            </strong>{' '}
            Unattaching loses it. Attached again, the environment is back on the current release: it gets the
            update on its release date and cannot apply it early a second time.
          </Banner>
        </div>
      )}
      <ul className={classes['list']} aria-label="Environments to unattach">
        {shown.map(({ environmentId, environmentName, versionNumber, warning }) => (
          <li key={environmentId}>
            <span className={classes['name']}>
              {environmentName}
              {warning !== null && <StatusBadge tone="warning">Applied early</StatusBadge>}
            </span>
            <span className={classes['version']}>Version {versionNumber}</span>
          </li>
        ))}
        {environments.length > shown.length && (
          <li>and {formatCount(environments.length - shown.length)} more</li>
        )}
      </ul>
    </>
  )
}
