import type { PackageDetails } from '@packline/contract/packaged-components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { useQuery } from '@tanstack/react-query'
import { formatBytes, plural } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Moment } from '../../ui/moment.tsx'
import classes from './package-panel.module.css'
import { packageQuery } from './release-wizard.queries.ts'
import { ReleasedDifference } from './released-difference.tsx'
import type { WizardRow } from './wizard-rows.ts'

/** The facts of a version, and how it differs from the released one. */
export function PackageFacts({ row, packageId }: { row: WizardRow; packageId: string }) {
  const details = useQuery(packageQuery(packageId))
  if (details.error && !details.data) {
    return <ErrorState error={details.error} onRetry={() => void details.refetch()} />
  }
  if (!details.data) return <Loading lines={8} />
  return (
    <>
      <Facts details={details.data} />
      <h3 className={classes['heading']}>Compared with the released version</h3>
      <ReleasedDifference current={row.current} packageId={packageId} />
    </>
  )
}

function Facts({ details }: { details: PackageDetails }) {
  const zone = useReaderZone()
  return (
    <FactList
      facts={[
        ['Component', details.componentName],
        ['Type', componentTypeTable[details.componentType].label],
        ['Folder', details.folder],
        ['Version', details.version],
        ['Component revision', String(details.revision)],
        [
          'Packaged',
          <span key="packaged">
            <Moment at={details.createdAt} zone={zone} /> by {details.createdByName}
          </span>,
        ],
        ['Notes', details.notes],
        ['Size', formatBytes(details.size)],
        ['SHA-256', <code key="sha">{details.sha256}</code>],
        [
          'Packaged Component ID',
          <span key="id">
            <code>{details.id}</code> <CopyButton value={details.id} what="Packaged Component ID" />
          </span>,
        ],
        [
          'Runs in',
          details.deploymentTotal === 0 ? 'No environment' : plural(details.deploymentTotal, 'environment'),
        ],
      ]}
    />
  )
}
