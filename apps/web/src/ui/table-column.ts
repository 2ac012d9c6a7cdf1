import type { ReactNode } from 'react'

export type SortDirection = 'asc' | 'desc'
export type TableSort = { by: string; direction: SortDirection }

export type TableColumn<Row> = {
  /** Also the name under which the column is sorted, in the address and at the server. */
  id: string
  header: string
  /** Explained behind an ⓘ beside the header. */
  hint?: string
  cell: (row: Row) => ReactNode
  /** Makes the column sortable here in the browser. Null and '' come last. */
  sortValue?: (row: Row) => string | number | null
  /** Makes the column sortable where the server sorts. */
  isSortable?: boolean
  /** Names the row for whoever listens to the table; one column has it. */
  isRowHeader?: boolean
  /** For columns of buttons: the header is for listeners only. */
  isHeaderHidden?: boolean
  align?: 'start' | 'end'
  /** Keeps versions, dates and numbers on one line. */
  isUnbroken?: boolean
  width?: string
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Ascending; "v2" before "v10". */
export function compareValues(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : natural.compare(String(a), String(b))
}

/** What a click on a header asks for: the other direction, or this column upwards. */
export function nextSort(current: TableSort | undefined, by: string): TableSort {
  return { by, direction: current?.by === by && current.direction === 'asc' ? 'desc' : 'asc' }
}
