import type { ComparisonView } from '@packline/contract/packaged-components.ts'
import { useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './comparison-facts.module.css'

type Fact = ComparisonView['facts'][number]

/** Both versions side by side; what differs is said in a word. */
export function ComparisonFacts({ comparison }: { comparison: ComparisonView }) {
  const { older, newer, facts } = comparison
  const zone = useReaderZone()
  const columns = useMemo(
    () => columnsFor(older.version, newer.version, zone),
    [older.version, newer.version, zone],
  )
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

const columnsFor = (older: string, newer: string, zone: string): TableColumn<Fact>[] => [
  { id: 'label', header: 'Fact', isRowHeader: true, width: '8rem', cell: ({ label }) => label },
  { id: 'older', header: `Version ${older}`, cell: (fact) => <FactText text={fact.older} zone={zone} /> },
  { id: 'newer', header: `Version ${newer}`, cell: (fact) => <FactText text={fact.newer} zone={zone} /> },
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

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

function FactText({ text, zone }: { text: string; zone: string }) {
  if (instant.test(text)) return <Moment at={text} zone={zone} />
  return <span className={classes['text']}>{text === '' ? '––' : text}</span>
}
