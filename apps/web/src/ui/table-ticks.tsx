import { Checkbox } from '@mantine/core'
import type { TableTicks } from './data-table.tsx'

/** Rows to tick. `canSelect` leaves out those that cannot be chosen; the row itself says why. */
type TableSelection<Row> = {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  rowId: (row: Row) => string
  nameOf: (row: Row) => string
  canSelect?: (row: Row) => boolean
}

/** The ticks of a table, in a file of their own because hardly any table has them. */
export function tableTicks<Row>(selection: TableSelection<Row>): TableTicks<Row> {
  return {
    ofAll: (rows) => <SelectAll rows={rows} selection={selection} />,
    ofOne: (row) => <SelectOne row={row} selection={selection} />,
  }
}

type SelectOneProps<Row> = { row: Row; selection: TableSelection<Row> }

function SelectOne<Row>({
  row,
  selection: { selected, onChange, rowId, nameOf, canSelect },
}: SelectOneProps<Row>) {
  if (canSelect?.(row) === false) return null
  const id = rowId(row)
  return (
    <Checkbox
      aria-label={`Select ${nameOf(row)}`}
      checked={selected.has(id)}
      onChange={(event) => {
        const next = new Set(selected)
        if (event.currentTarget.checked) next.add(id)
        else next.delete(id)
        onChange(next)
      }}
    />
  )
}

type SelectAllProps<Row> = { rows: readonly Row[]; selection: TableSelection<Row> }

/** Ticks or clears the rows shown; those chosen on other pages stay. */
function SelectAll<Row>({ rows, selection: { selected, onChange, rowId, canSelect } }: SelectAllProps<Row>) {
  const ids = rows.filter((row) => canSelect?.(row) !== false).map(rowId)
  const chosen = ids.filter((id) => selected.has(id)).length
  const isAll = ids.length > 0 && chosen === ids.length
  return (
    <Checkbox
      aria-label="Select all rows shown"
      checked={isAll}
      indeterminate={chosen > 0 && !isAll}
      onChange={() => {
        const next = new Set(selected)
        for (const id of ids) {
          if (isAll) next.delete(id)
          else next.add(id)
        }
        onChange(next)
      }}
    />
  )
}
