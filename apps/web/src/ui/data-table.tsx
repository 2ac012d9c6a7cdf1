import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import classes from './data-table.module.css'
import { ScrollBox } from './scroll-box.tsx'
import { SortableHeader } from './sortable-header.tsx'
import { compareValues, nextSort, type TableColumn, type TableSort } from './table-column.ts'
import { usePieces } from './use-pieces.ts'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type Features = typeof features

/** What stands before each row, and above them, to choose rows with; see `table-ticks.tsx`. */
export type TableTicks<Row> = { ofAll: (rows: readonly Row[]) => ReactNode; ofOne: (row: Row) => ReactNode }

type DataTableProps<Row> = {
  /** Names the table for whoever listens to it. */
  label: string
  columns: readonly TableColumn<Row>[]
  /** Left out while the first rows are loading: skeleton rows appear after 200 ms. */
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  /** The sort in force. Without `onSort` the table keeps it to itself. */
  sort?: TableSort
  onSort?: (sort: TableSort) => void
  /** True where the rows arrive sorted, as from a server that pages them. */
  isSortedByServer?: boolean
  /** Shown instead of rows when there are none: an EmptyState. */
  empty: ReactNode
  /** Newer rows are on their way; the old ones stay, a little paler. */
  isRefreshing?: boolean
  ticks?: TableTicks<Row>
  /** Marks a row, as changed or chosen. */
  isMarked?: (row: Row) => boolean
  /** More about a row, under it and over the whole width. */
  detail?: (row: Row) => ReactNode
  minWidth?: number
  skeletonRows?: number
}

const noRows: never[] = []
/**
 * How many rows are drawn before the others: a screenful of those that had to be loaded, more of those that are known
 * already, where somebody may come back to a place further down. Then so many more at a time.
 */
const drawnFirst = { loaded: 20, known: 40, more: 20 }

/** The one table of the product: dense, ruled like a timetable, sortable, scrolling by itself on small screens. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, onSort, isSortedByServer = false, empty, isRefreshing = false } = props
  const { ticks, isMarked, detail, minWidth = 640, skeletonRows = 6 } = props
  const [ownSort, setOwnSort] = useState(props.sort)
  const sort = onSort ? props.sort : ownSort
  const changeSort = onSort ?? setOwnSort

  const definitions = useMemo(
    () => columns.map((column) => toDefinition(column, isSortedByServer)),
    [columns, isSortedByServer],
  )
  // Rows that have just come are drawn piece by piece, without keeping the page from answering meanwhile.
  const [wereKnown] = useState(rows !== undefined)
  const isBegun = useDeferredValue(rows !== undefined)
  const table = useTable<Features, Row & object>({
    features,
    // Rows are objects of the contract; the library asks for `object` and for a mutable array that it never changes.
    data: (isBegun && rows ? rows : noRows) as (Row & object)[],
    columns: definitions,
    getRowId: rowId,
    state: { sorting: sort ? [{ id: sort.by, desc: sort.direction === 'desc' }] : [] },
    manualSorting: isSortedByServer,
  })

  const sorted = table.getRowModel().rows
  const { loaded, known, more } = drawnFirst
  const drawn = sorted.slice(0, usePieces(sorted.length, { first: wereKnown ? known : loaded, more }))
  const isWaiting = rows === undefined || !isBegun

  if (rows?.length === 0) return empty
  return (
    <ScrollBox label={label} minWidth={minWidth}>
      <table
        className={classes['table']}
        aria-label={label}
        aria-busy={isWaiting || isRefreshing}
        data-pale={isRefreshing || undefined}
      >
        <thead className={isWaiting ? classes['late'] : undefined}>
          <tr>
            {ticks && <th className={classes['tick']}>{rows && ticks.ofAll(rows)}</th>}
            {columns.map((column) => (
              <SortableHeader
                key={column.id}
                column={column}
                direction={sort?.by === column.id ? sort.direction : null}
                isSortable={isSortedByServer ? column.isSortable === true : column.sortValue !== undefined}
                onSort={() => changeSort(nextSort(sort, column.id))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {isWaiting
            ? Array.from(
                { length: rows ? Math.min(rows.length, drawnFirst.loaded) : skeletonRows },
                (_, row) => (
                  // Skeleton rows are alike and never change places.
                  <SkeletonRow key={row} columns={columns.length + (ticks ? 1 : 0)} />
                ),
              )
            : drawn.map(({ id, original }) => (
                <RowLines
                  key={id}
                  row={original}
                  columns={columns}
                  ticks={ticks}
                  isMarked={isMarked}
                  detail={detail}
                />
              ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

type RowLinesProps<Row> = Pick<DataTableProps<Row>, 'columns'> & {
  row: Row
  ticks: DataTableProps<Row>['ticks'] | undefined
  isMarked: DataTableProps<Row>['isMarked'] | undefined
  detail: DataTableProps<Row>['detail'] | undefined
}

function PlainRowLines<Row>({ row, columns, ticks, isMarked, detail }: RowLinesProps<Row>) {
  return (
    <>
      <tr data-marked={isMarked?.(row) === true ? true : undefined} data-detailed={detail ? true : undefined}>
        {ticks && <td className={classes['tick']}>{ticks.ofOne(row)}</td>}
        {columns.map((column) => (
          <Cell key={column.id} column={column} row={row} />
        ))}
      </tr>
      {detail && (
        <tr className={classes['detail']}>
          <td colSpan={columns.length + (ticks ? 1 : 0)}>
            <div className={classes['detailBody']}>{detail(row)}</div>
          </td>
        </tr>
      )}
    </>
  )
}

/** Not drawn again with every further piece. `memo` gives back the same component and forgets only what kind of rows. */
const RowLines = memo(PlainRowLines) as typeof PlainRowLines

function toDefinition<Row>(
  { id, sortValue }: TableColumn<Row>,
  isSortedByServer: boolean,
): ColumnDef<Features, Row & object> {
  return {
    id,
    accessorFn: (row) => {
      const value = sortValue?.(row) ?? null
      // Undefined is what the library puts last in either direction.
      return value === null || value === '' ? undefined : value
    },
    enableSorting: !isSortedByServer && sortValue !== undefined,
    sortUndefined: 'last',
    sortFn: (a, b, columnId) => compareValues(a.getValue(columnId), b.getValue(columnId)),
  }
}

function Cell<Row>({ column, row }: { column: TableColumn<Row>; row: Row }) {
  const look = { 'data-align': column.align, 'data-unbroken': column.isUnbroken === true ? true : undefined }
  return column.isRowHeader ? (
    <th scope="row" {...look}>
      {column.cell(row)}
    </th>
  ) : (
    <td {...look}>{column.cell(row)}</td>
  )
}

function SkeletonRow({ columns }: { columns: number }) {
  return (
    <tr className={classes['late']} data-waiting>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column}>
          <div className={classes['bone']} />
        </td>
      ))}
    </tr>
  )
}
