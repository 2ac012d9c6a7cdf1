import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusBadge, type StatusTone } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './audit-log.module.css'
import { compareStates, type FieldChange } from './compare-states.ts'

/** What was before and after, field by field, with a word for what became of each. */
export function ChangeTable({ before, after }: { before: unknown; after: unknown }) {
  return (
    <DataTable
      label="Before and after"
      columns={columns}
      rows={compareStates(before, after)}
      rowId={({ name }) => name}
      isSortedByServer
      minWidth={480}
      empty={<EmptyState>This act says nothing more than that it was done.</EmptyState>}
    />
  )
}

const kinds: Record<FieldChange['kind'], { tone: StatusTone; label: string }> = {
  added: { tone: 'good', label: 'New' },
  removed: { tone: 'bad', label: 'Gone' },
  changed: { tone: 'accent', label: 'Changed' },
  same: { tone: 'neutral', label: 'Same' },
}

const columns: TableColumn<FieldChange>[] = [
  { id: 'name', header: 'Field', isRowHeader: true, cell: ({ name }) => name },
  { id: 'before', header: 'Before', cell: ({ before }) => <Value text={before} /> },
  { id: 'after', header: 'After', cell: ({ after }) => <Value text={after} /> },
  {
    id: 'kind',
    header: 'Change',
    isUnbroken: true,
    cell: ({ kind }) => <StatusBadge tone={kinds[kind].tone}>{kinds[kind].label}</StatusBadge>,
  },
]

const Value = ({ text }: { text: string | null }) =>
  text === null ? '––' : <span className={classes['value']}>{text}</span>
