import type { EnvironmentView } from '@packline/contract/environments.ts'
import { useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { DeliveryList } from './delivery-list.tsx'

type Deployment = EnvironmentView['deployments'][number]

/** Packages that were deployed to the environment by themselves, and how far its Atoms are with each. */
export function EnvironmentDeployments({ environment }: { environment: EnvironmentView }) {
  const zone = useReaderZone()
  const { name, atoms, deployments } = environment
  const columns = useMemo(() => columnsFor(zone, atoms), [zone, atoms])
  return (
    <DataTable
      label={`Packages deployed to ${name}`}
      columns={columns}
      rows={deployments}
      rowId={({ deploymentId }) => deploymentId}
      sort={{ by: 'component', direction: 'asc' }}
      minWidth={640}
      empty={<EmptyState>No package is deployed here by itself.</EmptyState>}
    />
  )
}

const columnsFor = (zone: string, atoms: EnvironmentView['atoms']): TableColumn<Deployment>[] => [
  {
    id: 'component',
    header: 'Component Name',
    isRowHeader: true,
    sortValue: ({ componentName }) => componentName,
    cell: ({ componentName }) => componentName,
  },
  {
    id: 'version',
    header: 'Version',
    isUnbroken: true,
    sortValue: ({ version }) => version,
    cell: ({ version }) => version,
  },
  {
    id: 'deployed',
    header: 'Deployed',
    sortValue: ({ deployedAt }) => deployedAt,
    cell: ({ deployedAt, deployedByName }) => (
      <>
        <Moment at={deployedAt} zone={zone} />
        {deployedByName !== '' && ` by ${deployedByName}`}
      </>
    ),
  },
  {
    id: 'atoms',
    header: 'Atoms',
    cell: ({ componentName, deliveries }) => (
      <DeliveryList label={`${componentName} on its Atoms`} deliveries={deliveries} atoms={atoms} />
    ),
  },
]
