import type { ComponentView } from '@packline/contract/components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { type ReactNode, useMemo } from 'react'
import { formatCount, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn, TableSort } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'

type ComponentTableProps = {
  rows: readonly ComponentView[] | undefined
  sort: TableSort
  onSort: (sort: TableSort) => void
  isRefreshing: boolean
  empty: ReactNode
}

export function ComponentTable({ rows, sort, onSort, isRefreshing, empty }: ComponentTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone), [zone])
  return (
    <DataTable
      label="Components"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      sort={sort}
      onSort={onSort}
      isSortedByServer
      isRefreshing={isRefreshing}
      empty={empty}
      minWidth={860}
    />
  )
}

const columnsFor = (zone: string): TableColumn<ComponentView>[] => [
  {
    id: 'name',
    header: 'Component Name',
    isRowHeader: true,
    isSortable: true,
    cell: ({ id, name }) => <TextLink to={paths.component(id)}>{name}</TextLink>,
  },
  {
    id: 'type',
    header: 'Component Type',
    isSortable: true,
    cell: ({ type }) => componentTypeTable[type].label,
  },
  { id: 'folder', header: 'Folder', isSortable: true, cell: ({ folder }) => folder },
  {
    id: 'revision',
    header: 'Revision',
    align: 'end',
    isUnbroken: true,
    cell: ({ currentRevision }) =>
      currentRevision === 0 ? (
        <StatusBadge tone="neutral">No content</StatusBadge>
      ) : (
        formatCount(currentRevision)
      ),
  },
  {
    id: 'packages',
    header: 'Packages',
    align: 'end',
    isUnbroken: true,
    cell: ({ id, name, packageCount }) =>
      packageCount === 0 ? (
        '0'
      ) : (
        <TextLink
          to={paths.packagedComponents({ component: id })}
          aria-label={`${plural(packageCount, 'package')} of ${name}`}
        >
          {formatCount(packageCount)}
        </TextLink>
      ),
  },
  {
    id: 'newest',
    header: 'Newest Version',
    isUnbroken: true,
    cell: ({ newestVersion }) => newestVersion,
  },
  {
    id: 'changedAt',
    header: 'Changed',
    isSortable: true,
    isUnbroken: true,
    cell: ({ changedAt }) => <Moment at={changedAt} zone={zone} />,
  },
]
