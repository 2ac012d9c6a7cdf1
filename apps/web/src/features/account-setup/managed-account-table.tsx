import type { ManagedAccountRow } from '@packline/contract/accounts.ts'
import { type ReactNode, useMemo } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn, TableSort } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { AccountStatus, supportTable } from './account-words.tsx'

type ManagedAccountTableProps = {
  rows: readonly ManagedAccountRow[] | undefined
  sort: TableSort
  onSort: (sort: TableSort) => void
  isRefreshing: boolean
  empty: ReactNode
}

export function ManagedAccountTable({ rows, sort, onSort, isRefreshing, empty }: ManagedAccountTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone), [zone])
  return (
    <DataTable
      label="Accounts"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      sort={sort}
      onSort={onSort}
      isSortedByServer
      isRefreshing={isRefreshing}
      empty={empty}
      minWidth={960}
    />
  )
}

const columnsFor = (zone: string): TableColumn<ManagedAccountRow>[] => [
  {
    id: 'name',
    header: 'Account Name',
    isRowHeader: true,
    isSortable: true,
    cell: ({ id, name }) => <TextLink to={paths.managedAccount(id)}>{name}</TextLink>,
  },
  { id: 'id', header: 'Account ID', isUnbroken: true, cell: ({ id }) => <code>{id}</code> },
  {
    id: 'status',
    header: 'Status',
    isSortable: true,
    isUnbroken: true,
    cell: ({ status }) => <AccountStatus status={status} />,
  },
  {
    id: 'support',
    header: 'Environment Support',
    cell: ({ environmentSupport }) => supportTable[environmentSupport].label,
  },
  { id: 'users', header: 'Users', align: 'end', cell: ({ userCount }) => formatCount(userCount) },
  {
    id: 'environments',
    header: 'Environments',
    align: 'end',
    cell: ({ environmentCount }) => formatCount(environmentCount),
  },
  {
    id: 'installations',
    header: 'Installations',
    align: 'end',
    cell: ({ installationCount }) => formatCount(installationCount),
  },
  {
    id: 'createdAt',
    header: 'Created',
    isSortable: true,
    isUnbroken: true,
    cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} />,
  },
]
