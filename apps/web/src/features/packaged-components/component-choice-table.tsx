import type { ComponentView } from '@packline/contract/components.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { useMemo } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { tableTicks } from '../../ui/table-ticks.tsx'
import { TextLink } from '../../ui/text-link.tsx'

type ComponentChoiceTableProps = {
  rows: readonly ComponentView[] | undefined
  isRefreshing: boolean
  isFiltered: boolean
  selected: readonly string[]
  onSelect: (selected: ReadonlySet<string>) => void
}

export function ComponentChoiceTable({
  rows,
  isRefreshing,
  isFiltered,
  selected,
  onSelect,
}: ComponentChoiceTableProps) {
  const chosen = useMemo(() => new Set(selected), [selected])
  return (
    <DataTable
      label="Components to package"
      columns={columns}
      rows={rows}
      rowId={rowId}
      isSortedByServer
      isRefreshing={isRefreshing}
      ticks={tableTicks({
        selected: chosen,
        onChange: onSelect,
        rowId,
        nameOf: ({ name }) => name,
        canSelect: ({ currentRevision }) => currentRevision > 0,
      })}
      isMarked={({ id }) => chosen.has(id)}
      minWidth={720}
      empty={
        isFiltered ? (
          <EmptyState>No component matches what you are looking for.</EmptyState>
        ) : (
          <EmptyState action={<TextLink to={paths.components()}>Go to Components</TextLink>}>
            There are no components yet. Create one and upload its content, then package it.
          </EmptyState>
        )
      }
    />
  )
}

const rowId = ({ id }: ComponentView) => id

const columns: TableColumn<ComponentView>[] = [
  { id: 'name', header: 'Component Name', isRowHeader: true, cell: ({ name }) => name },
  { id: 'type', header: 'Component Type', cell: ({ type }) => componentTypeTable[type].label },
  { id: 'folder', header: 'Folder', cell: ({ folder }) => folder },
  {
    id: 'content',
    header: 'Content',
    cell: ({ id, name, currentRevision }) =>
      currentRevision > 0 ? (
        `Revision ${formatCount(currentRevision)}`
      ) : (
        <>
          No content yet.{' '}
          <TextLink to={paths.component(id)} aria-label={`Upload some content for ${name}`}>
            Upload some
          </TextLink>{' '}
          to package it.
        </>
      ),
  },
  {
    id: 'newest',
    header: 'Newest Version',
    isUnbroken: true,
    cell: ({ newestVersion }) => newestVersion ?? 'None',
  },
]
