import type { RolloutRow } from '@packline/contract/rollout.ts'
import { type ReactNode, useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './rollout-page.module.css'
import type { RolloutAddress } from './rollout-address.ts'
import { changeText, detailsOf, stateWords } from './rollout-words.ts'
import { ShowAll } from './show-all.tsx'

type RolloutTableProps = {
  rows: readonly RolloutRow[] | undefined
  isRefreshing: boolean
  isNarrowed: boolean
  /** Says why the whole list is empty. */
  nowhere: ReactNode
  onChange: (change: Partial<RolloutAddress>) => void
  onAccount: (accountId: string) => void
}

/** A row for each account, installation, environment and Atom, account by account. */
export function RolloutTable({
  rows,
  isRefreshing,
  isNarrowed,
  nowhere,
  onChange,
  onAccount,
}: RolloutTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone, onAccount), [zone, onAccount])
  return (
    <DataTable
      label="Rollout of this release"
      columns={columns}
      rows={rows}
      rowId={({ attachmentId, atomId }) => `${attachmentId} ${atomId}`}
      isSortedByServer
      isRefreshing={isRefreshing}
      minWidth={920}
      empty={
        isNarrowed ? (
          <EmptyState action={<ShowAll onChange={onChange} />}>
            Nothing in this rollout is like that.
          </EmptyState>
        ) : (
          nowhere
        )
      }
    />
  )
}

const columnsFor = (zone: string, onAccount: (accountId: string) => void): TableColumn<RolloutRow>[] => [
  {
    id: 'account',
    header: 'Account',
    cell: ({ accountName, accountId }) => (
      <>
        <LinkButton onClick={() => onAccount(accountId)} title="Show only this account">
          {accountName}
        </LinkButton>
        <span className={`${classes['under']} ${classes['number']}`}>{accountId}</span>
      </>
    ),
    isRowHeader: true,
  },
  { id: 'installation', header: 'Installation', cell: ({ installationName }) => installationName },
  { id: 'environment', header: 'Environment', cell: ({ environmentName }) => environmentName },
  { id: 'atom', header: 'Atom', cell: AtomName },
  { id: 'state', header: 'State', cell: RowState },
  {
    id: 'release',
    header: 'Release',
    hint: 'What ran there before this release and what is to run there now, by your numbers. Under it, the number that the account sees.',
    cell: (row) => (
      <>
        {changeText(row, 'sequence')}
        <span className={`${classes['under']} ${classes['number']}`}>
          Version {changeText(row, 'number')}
        </span>
      </>
    ),
    isUnbroken: true,
  },
  {
    id: 'changed',
    header: 'Since',
    cell: ({ changedAt }) => (changedAt === null ? '––' : <Moment at={changedAt} zone={zone} />),
    isUnbroken: true,
  },
]

const kinds = { ATOM: null, MOLECULE: 'Molecule', CLOUD: 'Atom Cloud' } as const

function AtomName({ atomName, atomType }: RolloutRow) {
  if (atomName === null) return '––'
  const kind = atomType && kinds[atomType]
  return (
    <span className={classes['atom']}>
      {atomName}
      {kind && <span className={classes['under']}>{kind}</span>}
    </span>
  )
}

function RowState(row: RolloutRow) {
  const { tone, label } = stateWords[row.state]
  const details = detailsOf(row)
  return (
    <>
      <StatusBadge tone={tone}>{label}</StatusBadge>
      {row.how === 'applied-early' && (
        <>
          {' '}
          <StatusBadge tone="accent">Applied early</StatusBadge>
        </>
      )}
      {details.length > 0 && <span className={classes['under']}>{details.join(' · ')}</span>}
    </>
  )
}
