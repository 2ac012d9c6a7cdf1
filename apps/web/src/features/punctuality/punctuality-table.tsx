import type { PunctualityRow } from '@packline/contract/punctuality.ts'
import { useMemo } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { standingOf, tookText } from './punctuality-words.ts'

type PunctualityTableProps = { rows: readonly PunctualityRow[] | undefined; isRefreshing: boolean }

export function PunctualityTable({ rows, isRefreshing }: PunctualityTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone), [zone])
  return (
    <DataTable
      label="Releases of the last 90 days"
      columns={columns}
      rows={rows}
      rowId={({ releaseId }) => releaseId}
      isSortedByServer
      isRefreshing={isRefreshing}
      minWidth={880}
      empty={
        <EmptyState action={<TextLink to={paths.packs()}>Integration Packs</TextLink>}>
          Nothing was due in the last 90 days.
        </EmptyState>
      }
    />
  )
}

const columnsFor = (zone: string): TableColumn<PunctualityRow>[] => [
  {
    id: 'pack',
    header: 'Integration Pack',
    cell: ({ packId, packName }) => <TextLink to={paths.pack(packId)}>{packName}</TextLink>,
    isRowHeader: true,
  },
  {
    id: 'release',
    header: 'Release',
    cell: ({ packId, releaseId, sequence }) => (
      <TextLink to={paths.release(packId, releaseId)}>{`Release ${sequence}`}</TextLink>
    ),
    isUnbroken: true,
  },
  {
    id: 'due',
    header: 'Due',
    cell: ({ dueAt }) => <Moment at={dueAt} zone={zone} />,
    isUnbroken: true,
  },
  { id: 'standing', header: 'Kept its time', cell: Standing },
  {
    id: 'began',
    header: 'Began after',
    hint: 'From due to the moment at which the release became the current one.',
    cell: ({ dueAt, startedAt }) =>
      startedAt === null ? '––' : tookText((Date.parse(startedAt) - Date.parse(dueAt)) / 1000),
    align: 'end',
    isUnbroken: true,
  },
  {
    id: 'took',
    header: 'Everywhere after',
    hint: 'From due until every environment of the install base was on it.',
    cell: ({ tookSeconds }) => (tookSeconds === null ? '––' : tookText(tookSeconds)),
    align: 'end',
    isUnbroken: true,
  },
  {
    id: 'updated',
    header: 'Environments updated',
    cell: ({ updated }) => formatCount(updated),
    align: 'end',
  },
]

function Standing(row: PunctualityRow) {
  const { tone, label } = standingOf(row)
  return <StatusBadge tone={tone}>{label}</StatusBadge>
}
