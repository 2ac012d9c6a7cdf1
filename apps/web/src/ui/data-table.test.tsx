import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { DataTable } from './data-table.tsx'
import type { TableColumn } from './table-column.ts'
import { tableTicks } from './table-ticks.tsx'
import { ThemeProvider } from './theme-provider.tsx'

vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
)
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
afterEach(cleanup)

type Package = { id: string; name: string; version: string | null }
const rows: Package[] = [
  { id: '1', name: 'Orders', version: '10' },
  { id: '2', name: 'invoices', version: null },
  { id: '3', name: 'Orders', version: '9' },
]
const columns: TableColumn<Package>[] = [
  { id: 'name', header: 'Name', isRowHeader: true, sortValue: ({ name }) => name, cell: ({ name }) => name },
  { id: 'version', header: 'Version', sortValue: ({ version }) => version, cell: ({ version }) => version },
  { id: 'note', header: 'Note', cell: () => '' },
]
const show = (props: Partial<Parameters<typeof DataTable<Package>>[0]> = {}) =>
  render(
    <ThemeProvider>
      <DataTable
        label="Packages"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        empty={<p>None yet</p>}
        {...props}
      />
    </ThemeProvider>,
  )
const versions = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent)

test('sorts naturally, empty values last in both directions, and says so', () => {
  show()
  fireEvent.click(screen.getByRole('button', { name: 'Version' }))
  expect(versions()).toEqual(['9', '10', ''])
  fireEvent.click(screen.getByRole('button', { name: 'Version' }))
  expect(versions()).toEqual(['10', '9', ''])
  expect(screen.getByRole('columnheader', { name: 'Version' }).getAttribute('aria-sort')).toBe('descending')
  expect(screen.queryByRole('button', { name: 'Note' })).toBeNull()
})

test('a server that sorts is asked, and its order stands', () => {
  const onSort = vi.fn<(sort: unknown) => void>()
  const serverColumns = columns.map((column) => ({ ...column, isSortable: column.id === 'name' }))
  show({ columns: serverColumns, isSortedByServer: true, sort: { by: 'name', direction: 'asc' }, onSort })
  expect(versions()).toEqual(['10', '', '9'])
  fireEvent.click(screen.getByRole('button', { name: 'Name' }))
  expect(onSort).toHaveBeenCalledWith({ by: 'name', direction: 'desc' })
})

test('while loading it is busy, without rows it shows what to do', () => {
  show({ rows: undefined })
  expect(screen.getByRole('table').getAttribute('aria-busy')).toBe('true')
  cleanup()
  show({ rows: [] })
  expect(screen.getByText('None yet')).toBeDefined()
})

test('ticking all rows keeps those chosen elsewhere and leaves out those that cannot be chosen', () => {
  const onChange = vi.fn<(selected: ReadonlySet<string>) => void>()
  const ticks = tableTicks({
    rowId: ({ id }: Package) => id,
    selected: new Set(['elsewhere']),
    onChange,
    nameOf: ({ name }: Package) => name,
    canSelect: ({ version }: Package) => version !== null,
  })
  show({ ticks })
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all rows shown' }))
  expect(onChange).toHaveBeenCalledWith(new Set(['elsewhere', '1', '3']))
})
