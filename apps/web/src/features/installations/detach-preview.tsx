import type * as contract from '@packline/contract/installations.ts'
import { formatCount } from '../../lib/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import { Preview, type PreviewQuery } from '../../ui/preview.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './detach-preview.module.css'

/** So many lines are shown; the rest are counted. Those with a warning come first. */
const shownAtMost = 10

type DetachPreviewProps = { preview: PreviewQuery<contract.DetachPreview>; count: number }

/** The environments that are about to be detached, with what each of them would lose. */
export function DetachPreview({ preview, count }: DetachPreviewProps) {
  return (
    <Preview query={preview} lines={Math.min(count, 4)}>
      {({ environments }) => <DetachedEnvironments environments={environments} />}
    </Preview>
  )
}

function DetachedEnvironments({ environments }: contract.DetachPreview) {
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
