import type { ReleaseView, TargetView } from '@packline/contract/releases.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { text, useUrlState, wholeNumber } from '../../lib/use-url-state.ts'
import { queryClient } from '../../query-client.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge, type StatusTone } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './target-table.module.css'
import { releaseQueries, targetPageSize } from './releases.queries.ts'

const fields = { search: text(), page: wholeNumber() }

type TargetTableProps = { release: ReleaseView }

/** One row for each account, installation and environment that a release reaches. */
export function TargetTable({ release }: TargetTableProps) {
  const { id: releaseId, status, updated } = release
  const [{ search, page }, setUrl] = useUrlState(fields)
  const targets = useQuery(releaseQueries.targets(releaseId, { search, page }))
  const zone = useReaderZone()
  useEffect(() => {
    // The release is looked at again while it goes out; the rows follow when it has moved on.
    void queryClient.invalidateQueries({ queryKey: ['releases', releaseId, 'targets'] })
  }, [releaseId, status, updated])
  const columns = useMemo(() => columnsFor(zone), [zone])
  const { data, error } = targets
  if (error && !data) {
    return (
      <ErrorState
        title="The environments could not be loaded"
        error={error}
        onRetry={() => void targets.refetch()}
      />
    )
  }
  return (
    <>
      <div className={classes['filter']} data-no-print>
        <SearchField
          label="Search accounts, installations and environments"
          placeholder="Account, installation or environment"
          value={search}
          onChange={(wanted) => setUrl({ search: wanted })}
        />
      </div>
      <DataTable
        label="Environments of this release"
        columns={columns}
        rows={data?.rows}
        rowId={({ attachmentId }) => attachmentId}
        isSortedByServer
        isRefreshing={targets.isPlaceholderData}
        minWidth={840}
        empty={
          <EmptyState>
            {search === ''
              ? 'The pack is attached to no environment that this release could reach.'
              : `Nothing here has “${search}” in its name.`}
          </EmptyState>
        }
      />
      {data && (
        <Pagination
          noun={data.total === 1 ? 'environment' : 'environments'}
          page={page}
          pageSize={targetPageSize}
          total={data.total}
          onPage={(next) => setUrl({ page: next }, { push: true })}
        />
      )}
    </>
  )
}

const states: Record<TargetView['state'], { tone: StatusTone; label: string }> = {
  updated: { tone: 'good', label: 'Updated' },
  'applied-early': { tone: 'accent', label: 'Applied early' },
  waiting: { tone: 'waiting', label: 'Waiting' },
}

const columnsFor = (zone: string): TableColumn<TargetView>[] => [
  {
    id: 'account',
    header: 'Account',
    cell: ({ accountName, accountId }) => (
      <>
        {accountName} <span className={classes['quiet']}>{accountId}</span>
      </>
    ),
    isRowHeader: true,
  },
  { id: 'installation', header: 'Installation', cell: ({ installationName }) => installationName },
  { id: 'environment', header: 'Environment', cell: ({ environmentName }) => environmentName },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StatusBadge tone={states[state].tone}>{states[state].label}</StatusBadge>,
    isUnbroken: true,
  },
  {
    id: 'number',
    header: 'Version',
    hint: 'The number that the account sees: how many releases of this pack were delivered to it.',
    cell: ({ fromNumber, toNumber }) => numberText(fromNumber, toNumber),
    isUnbroken: true,
  },
  {
    id: 'appliedAt',
    header: 'Updated',
    cell: ({ appliedAt }) => (appliedAt === null ? '––' : <Moment at={appliedAt} zone={zone} />),
    isUnbroken: true,
  },
]

function numberText(from: number | null, to: number | null): string {
  if (to === null) return from === null ? '––' : String(from)
  return from === null ? String(to) : `${from} → ${to}`
}
