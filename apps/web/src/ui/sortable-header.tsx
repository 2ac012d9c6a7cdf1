import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import classes from './data-table.module.css'
import { Hint } from './hint.tsx'
import type { SortDirection, TableColumn } from './table-column.ts'

type SortableHeaderProps = {
  column: Pick<TableColumn<never>, 'header' | 'hint' | 'align' | 'width' | 'isHeaderHidden'>
  direction: SortDirection | null
  isSortable: boolean
  onSort: () => void
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const

/** A column's header; the arrow shows the sort in force and `aria-sort` says it. */
export function SortableHeader({ column, direction, isSortable, onSort }: SortableHeaderProps) {
  const { header, hint, align, width, isHeaderHidden } = column
  const Arrow = direction === null ? IconArrowsSort : direction === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <th
      scope="col"
      data-align={align}
      style={{ width }}
      {...(direction !== null && { 'aria-sort': ariaSort[direction] })}
    >
      {isHeaderHidden ? (
        <span className="listeners-only">{header}</span>
      ) : (
        <span className={classes['header']}>
          {isSortable ? (
            <UnstyledButton
              className={classes['sort']}
              onClick={onSort}
              data-sorted={direction !== null || undefined}
            >
              {header}
              <Arrow size={14} aria-hidden className={classes['arrow']} />
            </UnstyledButton>
          ) : (
            header
          )}
          {hint !== undefined && <Hint about={header}>{hint}</Hint>}
        </span>
      )}
    </th>
  )
}
