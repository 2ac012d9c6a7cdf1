import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { Button, UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { VersionCell } from './version-cell.tsx'
import classes from './version-cell.module.css'
import type { WizardRow } from './wizard-rows.ts'

type VersionTableProps = {
  rows: readonly WizardRow[]
  isFiltered: boolean
  onSelectOther: (row: WizardRow) => void
  onViewDetails: (row: WizardRow) => void
  onShowAll: () => void
}

/** The components of the release; changed ones are marked. */
export function VersionTable({
  rows,
  isFiltered,
  onSelectOther,
  onViewDetails,
  onShowAll,
}: VersionTableProps) {
  const columns = useMemo(() => columnsFor(onSelectOther, onViewDetails), [onSelectOther, onViewDetails])
  return (
    <DataTable
      label="Versions to release"
      columns={columns}
      rows={rows}
      rowId={({ componentId }) => componentId}
      sort={{ by: 'componentName', direction: 'asc' }}
      isMarked={({ kind }) => kind !== 'unchanged'}
      minWidth={760}
      empty={
        isFiltered ? (
          <EmptyState
            action={
              <Button variant="default" onClick={onShowAll}>
                Show all components
              </Button>
            }
          >
            Every component stays at its current version.
          </EmptyState>
        ) : (
          <EmptyState>There is no component to release: every row of the pack is deleted.</EmptyState>
        )
      }
    />
  )
}

const columnsFor = (
  onSelectOther: (row: WizardRow) => void,
  onViewDetails: (row: WizardRow) => void,
): TableColumn<WizardRow>[] => [
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
    cell: ({ current }) => current?.version ?? '',
    sortValue: ({ current }) => current?.version ?? null,
    isUnbroken: true,
  },
  {
    id: 'pending',
    header: 'Pending Version',
    hint: 'The version that this release makes current. The latest one is selected unless you select another.',
    cell: (row) => <VersionCell row={row} onSelectOther={onSelectOther} />,
    sortValue: ({ chosen }) => chosen?.version ?? null,
    isUnbroken: true,
  },
  {
    id: 'details',
    header: 'Details',
    isHeaderHidden: true,
    cell: (row) =>
      row.chosen && (
        <UnstyledButton
          className={classes['link']}
          aria-label={`View Details of ${row.componentName} ${row.chosen.version}`}
          onClick={() => onViewDetails(row)}
        >
          View Details
        </UnstyledButton>
      ),
    isUnbroken: true,
  },
]
