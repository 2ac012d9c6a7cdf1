import type { PackageView } from '@packline/contract/packaged-components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { type ReactNode, useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn, TableSort } from '../../ui/table-column.ts'
import { type PackageAct, PackageActions } from './package-actions.tsx'
import classes from './package-table.module.css'
import { deployedWords, sharingWord, statusTable } from './package-words.ts'

type PackageTableProps = {
  rows: readonly PackageView[] | undefined
  sort: TableSort
  onSort: (sort: TableSort) => void
  onAct: (act: PackageAct) => void
  isRefreshing: boolean
  empty: ReactNode
}

export function PackageTable({ rows, sort, onSort, onAct, isRefreshing, empty }: PackageTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => [actionsColumn(onAct), ...factColumns(zone)], [onAct, zone])
  return (
    <DataTable
      label="Packaged Components"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      sort={sort}
      onSort={onSort}
      isSortedByServer
      isRefreshing={isRefreshing}
      empty={empty}
      minWidth={1120}
    />
  )
}

const actionsColumn = (onAct: (act: PackageAct) => void): TableColumn<PackageView> => ({
  id: 'actions',
  header: 'Actions',
  cell: (one) => <PackageActions one={one} onAct={onAct} />,
})

const factColumns = (zone: string): TableColumn<PackageView>[] => [
  {
    id: 'componentName',
    header: 'Component Name',
    isRowHeader: true,
    isSortable: true,
    cell: ({ componentName }) => componentName,
  },
  {
    id: 'componentType',
    header: 'Component Type',
    isSortable: true,
    cell: ({ componentType }) => componentTypeTable[componentType].label,
  },
  {
    id: 'version',
    header: 'Version',
    isSortable: true,
    cell: ({ version }) => <span className="tabular">{version}</span>,
  },
  {
    id: 'createdAt',
    header: 'Created Date',
    isSortable: true,
    isUnbroken: true,
    cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} />,
  },
  {
    id: 'notes',
    header: 'Notes',
    cell: ({ notes }) => <span className={classes['notes']}>{notes}</span>,
  },
  {
    id: 'deployedTo',
    header: 'Deployed To',
    isUnbroken: true,
    cell: ({ deployedTo }) => deployedWords(deployedTo),
  },
  {
    id: 'sharing',
    header: 'Sharing',
    isSortable: true,
    isUnbroken: true,
    cell: ({ shareable }) => sharingWord(shareable),
  },
  {
    id: 'status',
    header: 'Status',
    isSortable: true,
    isUnbroken: true,
    cell: ({ status }) => (
      <StatusBadge tone={statusTable[status].tone}>{statusTable[status].word}</StatusBadge>
    ),
  },
]
