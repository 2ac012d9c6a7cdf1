import type { FeatureView } from '@packline/contract/accounts.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'

/** Every feature there is, with what it gives and whether this account has it. */
export function FeatureTable({ features }: { features: readonly FeatureView[] }) {
  return (
    <DataTable
      label="Features"
      columns={columns}
      rows={features}
      rowId={({ name }) => name}
      empty={<EmptyState>There are no features.</EmptyState>}
      minWidth={520}
    />
  )
}

const columns: TableColumn<FeatureView>[] = [
  { id: 'label', header: 'Feature', isRowHeader: true, cell: ({ label }) => label },
  { id: 'gives', header: 'Gives', cell: ({ gives }) => `${gives.charAt(0).toUpperCase()}${gives.slice(1)}` },
  {
    id: 'isOn',
    header: 'State',
    isUnbroken: true,
    cell: ({ isOn, missing }) =>
      missing.length > 0 ? (
        <StatusBadge tone="warning">Needs {missing.join(' and ')}</StatusBadge>
      ) : (
        <StatusBadge tone={isOn ? 'good' : 'neutral'}>{isOn ? 'On' : 'Off'}</StatusBadge>
      ),
  },
]
