import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { oneOf, useUrlState } from '../../lib/use-url-state.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { PendingCell } from './pending-cell.tsx'
import { RemovePackageDialog } from './remove-package-dialog.tsx'

const fields = {
  sort: oneOf(['componentName', 'componentType', 'current', 'latest'], 'componentName'),
  direction: oneOf(['asc', 'desc'], 'asc'),
}

type PackRowsProps = { pack: PackView; mayChange: boolean; addButton: ReactNode }

/** The table of the pack's components with their three versions. */
export function PackRows({ pack, mayChange, addButton }: PackRowsProps) {
  const [{ sort, direction }, setUrl] = useUrlState(fields)
  const [removing, setRemoving] = useState<PackRowView | null>(null)
  const columns = useMemo(() => columnsFor(pack, mayChange, setRemoving), [pack, mayChange])

  return (
    <>
      <DataTable
        label="Packaged Components"
        columns={columns}
        rows={pack.rows}
        rowId={({ componentId }) => componentId}
        sort={{ by: sort, direction }}
        onSort={({ by, direction: next }) =>
          setUrl({ sort: fields.sort.read(by) ?? 'componentName', direction: next })
        }
        minWidth={720}
        empty={
          <EmptyState action={addButton}>
            This integration pack has no packages yet. Click Add Packaged Component to choose what it consists
            of.
          </EmptyState>
        }
      />
      <RemovePackageDialog pack={pack} row={removing} onClose={() => setRemoving(null)} />
    </>
  )
}

function columnsFor(
  pack: PackView,
  mayChange: boolean,
  onRemove: (row: PackRowView) => void,
): TableColumn<PackRowView>[] {
  return [
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
      id: 'current',
      header: 'Current Version',
      hint: 'The version in the current release: what every installation runs.',
      cell: ({ current }) => current?.version ?? '',
      sortValue: ({ current }) => current?.version ?? null,
      isUnbroken: true,
    },
    {
      id: 'pending',
      header: 'Pending Version',
      hint: 'The version that waits: added and not yet released, or chosen in the scheduled release.',
      cell: (row) => <PendingCell pack={pack} row={row} mayChange={mayChange} />,
      isUnbroken: true,
    },
    {
      id: 'latest',
      header: 'Latest Version',
      hint: 'The newest version that may be shared, when it is newer than the versions before. A release takes it unless you select another one.',
      cell: ({ latest }) => latest?.version ?? '',
      sortValue: ({ latest }) => latest?.version ?? null,
      isUnbroken: true,
    },
    ...(mayChange ? [removeColumn(onRemove)] : []),
  ]
}

const removeColumn = (onRemove: (row: PackRowView) => void): TableColumn<PackRowView> => ({
  id: 'remove',
  header: 'Remove package',
  isHeaderHidden: true,
  width: '3rem',
  cell: (row) =>
    row.isRemoved ? null : (
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove package ${row.componentName}`}
        onClick={() => onRemove(row)}
      >
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    ),
})
