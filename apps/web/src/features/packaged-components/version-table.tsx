import type { PackageView } from '@packline/contract/packaged-components.ts'
import { useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { tableTicks } from '../../ui/table-ticks.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './package-table.module.css'
import historyClasses from './version-history.module.css'
import { nameOf, sharingWord, statusTable } from './package-words.ts'

type VersionTableProps = {
  versions: readonly PackageView[]
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  detailsPath: (packageId: string) => string
}

export function VersionTable({ versions, selected, onSelect, detailsPath }: VersionTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone, detailsPath), [zone, detailsPath])
  return (
    <DataTable
      label="Versions"
      columns={columns}
      rows={versions}
      rowId={rowId}
      sort={{ by: 'createdAt', direction: 'desc' }}
      minWidth={640}
      empty={null}
      {...(versions.length > 1 && { ticks: tableTicks({ selected, onChange: onSelect, rowId, nameOf }) })}
    />
  )
}

const rowId = ({ id }: PackageView) => id

const columnsFor = (zone: string, detailsPath: (id: string) => string): TableColumn<PackageView>[] => [
  {
    id: 'version',
    header: 'Version',
    isRowHeader: true,
    sortValue: ({ version }) => version,
    cell: ({ version }) => <span className="tabular">{version}</span>,
  },
  {
    id: 'createdAt',
    header: 'Created Date',
    isUnbroken: true,
    // In order of creation, which clocks that went back do not change.
    sortValue: ({ ordinal }) => ordinal,
    cell: ({ createdAt, createdByName }) => (
      <>
        <Moment at={createdAt} zone={zone} />
        <span className={historyClasses['by']}>by {createdByName}</span>
      </>
    ),
  },
  { id: 'sharing', header: 'Sharing', isUnbroken: true, cell: ({ shareable }) => sharingWord(shareable) },
  {
    id: 'status',
    header: 'Status',
    isUnbroken: true,
    cell: ({ status }) => (
      <StatusBadge tone={statusTable[status].tone}>{statusTable[status].word}</StatusBadge>
    ),
  },
  {
    id: 'notes',
    header: 'Notes',
    cell: ({ notes }) => <span className={classes['notes']}>{notes}</span>,
  },
  {
    id: 'view',
    header: 'Details',
    isHeaderHidden: true,
    isUnbroken: true,
    cell: (one) => (
      <TextLink to={detailsPath(one.id)} preventScrollReset aria-label={`View details of ${nameOf(one)}`}>
        View details
      </TextLink>
    ),
  },
]
