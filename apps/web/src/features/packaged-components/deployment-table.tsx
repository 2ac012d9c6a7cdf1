import type { PackageDetails } from '@packline/contract/packaged-components.ts'
import { useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { classificationWords, firstOf } from './package-words.ts'

type Deployment = PackageDetails['deployments'][number]

/** Where the package runs: in every environment whose installation of a pack has it in its release, or by itself. */
export function DeploymentTable({ one: { deployments, deploymentTotal } }: { one: PackageDetails }) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone), [zone])
  const first = firstOf(deployments.length, deploymentTotal)
  return (
    <>
      {first !== null && <p>{first} environments.</p>}
      <DataTable
        label="Deployments"
        columns={columns}
        rows={deployments}
        rowId={({ accountName, environmentName, packName, deployedAt }) =>
          JSON.stringify([accountName, environmentName, packName, deployedAt])
        }
        minWidth={640}
        empty={<EmptyState>This version is not deployed to any environment.</EmptyState>}
      />
    </>
  )
}

const columnsFor = (zone: string): TableColumn<Deployment>[] => [
  {
    id: 'environment',
    header: 'Environment',
    isRowHeader: true,
    sortValue: ({ environmentName }) => environmentName,
    cell: ({ environmentName }) => environmentName,
  },
  {
    id: 'classification',
    header: 'Classification',
    sortValue: ({ classification }) => classificationWords[classification],
    cell: ({ classification }) => classificationWords[classification],
  },
  {
    id: 'account',
    header: 'Account',
    sortValue: ({ accountName }) => accountName,
    cell: ({ accountName }) => accountName,
  },
  {
    id: 'pack',
    header: 'Integration Pack',
    sortValue: ({ packName }) => packName ?? '',
    cell: ({ packName }) => packName ?? 'None: deployed by itself',
  },
  {
    id: 'since',
    header: 'Deployed',
    isUnbroken: true,
    sortValue: ({ deployedAt }) => deployedAt,
    cell: ({ deployedAt }) => <Moment at={deployedAt} zone={zone} />,
  },
]
