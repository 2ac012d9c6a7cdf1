import type { ReleaseChange, ReleaseView } from '@packline/contract/releases.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { VersionStep } from '../../packs/version-step.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { TableColumn } from '../../ui/table-column.ts'

const order: Record<ReleaseChange['kind'], number> = {
  'rolled-back': 0,
  updated: 1,
  added: 2,
  removed: 3,
  unchanged: 4,
}

const columns: readonly TableColumn<ReleaseChange>[] = [
  {
    id: 'componentName',
    header: 'Component Name',
    cell: ({ componentName }) => componentName,
    sortValue: ({ componentName }) => componentName,
    isRowHeader: true,
  },
  {
    id: 'componentType',
    header: 'Component Type',
    cell: ({ componentType }) => componentTypeTable[componentType].label,
    sortValue: ({ componentType }) => componentTypeTable[componentType].label,
    isUnbroken: true,
  },
  {
    id: 'change',
    header: 'Version',
    cell: ({ kind, from, to }) => <VersionStep kind={kind} from={from} to={to} />,
    sortValue: ({ kind }) => order[kind],
    isUnbroken: true,
  },
]

/** Every component of a release with what became of its version. */
export function ChangeTable({ release: { changes, sequence } }: { release: ReleaseView }) {
  return (
    <DataTable
      label={`Changes of release ${sequence}`}
      columns={columns}
      rows={changes}
      rowId={({ componentId }) => componentId}
      sort={{ by: 'change', direction: 'asc' }}
      isMarked={({ kind }) => kind !== 'unchanged'}
      minWidth={520}
      empty={<EmptyState>This release has no components.</EmptyState>}
    />
  )
}
