import type { ComparisonView } from '@packline/contract/packaged-components.ts'
import { useMemo } from 'react'
import { ComparedFact } from '../../packs/compared-fact.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './comparison-facts.module.css'

type Fact = ComparisonView['facts'][number]

/** Both versions side by side; what differs is said in a word. */
export function ComparisonFacts({ comparison }: { comparison: ComparisonView }) {
  const { older, newer, facts } = comparison
  const columns = useMemo(() => columnsFor(older.version, newer.version), [older.version, newer.version])
  return (
    <DataTable
      label="Facts of both versions"
      columns={columns}
      rows={facts}
      rowId={({ label }) => label}
      isMarked={({ differs }) => differs}
      minWidth={560}
      empty={null}
    />
  )
}

const columnsFor = (older: string, newer: string): TableColumn<Fact>[] => [
  { id: 'label', header: 'Fact', isRowHeader: true, width: '8rem', cell: ({ label }) => label },
  { id: 'older', header: `Version ${older}`, cell: (fact) => <FactText text={fact.older} /> },
  { id: 'newer', header: `Version ${newer}`, cell: (fact) => <FactText text={fact.newer} /> },
  {
    id: 'differs',
    header: 'Difference',
    width: '7rem',
    cell: ({ differs }) =>
      differs ? (
        <StatusBadge tone="accent">Differs</StatusBadge>
      ) : (
        <StatusBadge tone="neutral">Same</StatusBadge>
      ),
  },
]

const FactText = ({ text }: { text: string }) => (
  <span className={classes['text']}>
    <ComparedFact text={text} />
  </span>
)
