import type { AuditEntryRow } from '@packline/contract/audit-log.ts'
import { type ReactNode, useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { type AuditAddress, only } from './audit-address.ts'
import classes from './audit-log.module.css'
import { actorNote, capitalised, sourceLabels } from './audit-words.ts'
import { AuditedThing } from './audited-thing.tsx'

type AuditTableProps = {
  rows: readonly AuditEntryRow[] | undefined
  isRefreshing: boolean
  empty: ReactNode
  onOpen: (entryId: string) => void
  onShow: (change: Partial<AuditAddress>) => void
}

export function AuditTable({ rows, isRefreshing, empty, onOpen, onShow }: AuditTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone, onOpen, onShow), [zone, onOpen, onShow])
  return (
    <DataTable
      label="Audit log, newest first"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      isSortedByServer
      isRefreshing={isRefreshing}
      minWidth={880}
      empty={empty}
    />
  )
}

const columnsFor = (
  zone: string,
  onOpen: AuditTableProps['onOpen'],
  onShow: AuditTableProps['onShow'],
): TableColumn<AuditEntryRow>[] => [
  { id: 'at', header: 'When', isUnbroken: true, cell: ({ at }) => <Moment at={at} zone={zone} /> },
  {
    id: 'actor',
    header: 'Who',
    cell: (row) => (
      <>
        {row.actorId === null ? (
          row.actorName
        ) : (
          <LinkButton
            title={`Show only what ${row.actorName} did`}
            onClick={() => onShow(only({ actor: row.actorId }))}
          >
            {row.actorName}
          </LinkButton>
        )}
        <Under>{actorNote(row)}</Under>
      </>
    ),
  },
  {
    id: 'what',
    header: 'What',
    isRowHeader: true,
    cell: ({ id, words, action }) => (
      <>
        <LinkButton onClick={() => onOpen(id)}>{capitalised(words)}</LinkButton>
        <Under>{action}</Under>
      </>
    ),
  },
  { id: 'object', header: 'About', cell: ({ object }) => <AuditedThing object={object} /> },
  { id: 'source', header: 'Through', isUnbroken: true, cell: ({ source }) => sourceLabels[source] },
]

const Under = ({ children }: { children: string | null }) =>
  children === null ? null : <span className={classes['under']}>{children}</span>
