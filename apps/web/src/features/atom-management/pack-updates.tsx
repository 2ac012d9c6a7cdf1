import type { AtomListItem } from '@packline/contract/atoms.ts'
import type { ApplyResult, EnvironmentPacks, PackUpdateRow } from '@packline/contract/updates.ts'
import { Button } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { useChanges } from '../../live-changes.ts'
import { releaseDay } from '../../packs/consumer-release-words.ts'
import { refreshManagedAccount } from '../../packs/managed-account.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { WhyNot } from '../../ui/why-not.tsx'
import { ApplyResults } from './apply-results.tsx'
import classes from './pack-updates.module.css'
import { useArrivals } from './use-arrivals.ts'

const ApplyDialog = lazyDialog(() => import('./apply-dialog.tsx').then((module) => module.ApplyDialog))

// Shown once a row is opened.
const PackUpdateDetail = lazy(async () => ({
  default: (await import('./pack-update-detail.tsx')).PackUpdateDetail,
}))

/** The integration packs of an environment with their versions, and Apply Pending Updates where there is something to apply. */
export function PackUpdates({ packs }: { packs: EnvironmentPacks }) {
  const { environment, atoms, rows, apply } = packs
  const zone = useReaderZone()
  const [isAsking, setAsking] = useState(false)
  const [results, setResults] = useState<readonly ApplyResult[] | null>(null)
  const columns = useMemo(() => columnsFor(zone), [zone])
  const detail = useMemo(() => detailFor(atoms), [atoms])
  useArrivals(rows)
  useChanges([environment.id, ...rows.map(({ packId }) => packId)], () => void refreshManagedAccount())

  return (
    <section aria-labelledby="environment-packs">
      <h3 id="environment-packs" className={classes['heading']}>
        Integration Packs
      </h3>
      {apply.kind === 'allowed' && (
        <p className={classes['lead']}>
          {apply.packCount === 1
            ? 'An update can be applied here before its release date: see Apply Pending Updates below the list.'
            : `${formatCount(apply.packCount)} updates can be applied here before their release dates: see Apply Pending Updates below the list.`}
        </p>
      )}
      {results && <ApplyResults results={results} onDismiss={() => setResults(null)} />}
      <DataTable
        label={`Integration Packs in ${environment.name}`}
        columns={columns}
        rows={rows}
        rowId={({ attachmentId }) => attachmentId}
        sort={{ by: 'name', direction: 'asc' }}
        minWidth={680}
        detail={detail}
        empty={
          <EmptyState>
            No integration pack is attached to this environment. Attach one on Deploy &gt; Integration Packs.
          </EmptyState>
        }
      />
      {rows.length > 0 && (
        <div className={classes['foot']}>
          {apply.kind === 'allowed' ? (
            <Button onClick={() => setAsking(true)}>Apply Pending Updates</Button>
          ) : (
            <WhyNot>{apply.message}</WhyNot>
          )}
        </div>
      )}
      <ApplyDialog
        isOpen={isAsking}
        packs={packs}
        onClose={() => setAsking(false)}
        onApplied={(applied) => {
          setAsking(false)
          setResults(applied)
        }}
      />
    </section>
  )
}

const detailFor = (atoms: readonly AtomListItem[]) => (row: PackUpdateRow) => (
  <Suspense>
    <PackUpdateDetail row={row} atoms={atoms} />
  </Suspense>
)

const columnsFor = (zone: string): TableColumn<PackUpdateRow>[] => [
  {
    id: 'name',
    header: 'Name',
    cell: ({ name, packName }) => (
      <>
        {name}
        {packName !== name && <span className={classes['under']}>{packName}</span>}
      </>
    ),
    sortValue: ({ name }) => name,
    isRowHeader: true,
  },
  {
    id: 'lastUpdated',
    header: 'Last Updated Date',
    cell: ({ lastUpdatedAt, updatedHow }) => (
      <>
        <Moment at={lastUpdatedAt} zone={zone} />
        <span className={classes['under']}>{howText[updatedHow]}</span>
      </>
    ),
    sortValue: ({ lastUpdatedAt }) => Date.parse(lastUpdatedAt),
    isUnbroken: true,
  },
  {
    id: 'version',
    header: 'Version',
    hint: 'How many releases of the integration pack were delivered to its installation in this account, from 1 at the installation.',
    cell: ({ versionNumber, running }) => (
      <>
        <span className={classes['number']}>{versionNumber}</span>
        <span className={classes['under']}>Release of {releaseDay(running, zone)}</span>
      </>
    ),
    sortValue: ({ versionNumber }) => versionNumber,
    isUnbroken: true,
  },
  {
    id: 'pending',
    header: 'Pending Version',
    hint: 'The next version, where it can be applied here before its release date.',
    cell: ({ pendingNumber, pending }) =>
      pendingNumber !== null &&
      pending && (
        <>
          <span className={classes['number']}>{pendingNumber}</span>
          <span className={classes['under']}>Release of {releaseDay(pending, zone)}</span>
        </>
      ),
    sortValue: ({ pendingNumber }) => pendingNumber,
    isUnbroken: true,
  },
]

const howText: Record<PackUpdateRow['updatedHow'], string> = {
  ATTACHED: 'Attached',
  MANUAL: 'Applied by hand',
  AUTOMATIC: 'On the release date',
  IMMEDIATE: 'Released immediately',
  WITHDRAWN: 'A release was withdrawn',
}
