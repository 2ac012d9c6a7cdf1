import type { PackageDetails } from '@packline/contract/packaged-components.ts'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { useWords } from './package-words.ts'

type Pack = PackageDetails['integrationPacks'][number]

/** The integration packs that have this version, for those who may see packs. */
export function PackagePacks({ packs }: { packs: readonly Pack[] }) {
  const permission = usePermission('view-packs')
  if (permission.kind === 'refused') return <WhyNot>{permission.sentence}</WhyNot>
  return (
    <DataTable
      label="Integration Packs"
      columns={columns}
      rows={packs}
      rowId={({ id }) => id}
      sort={{ by: 'name', direction: 'asc' }}
      minWidth={560}
      empty={<EmptyState>This version is in no integration pack.</EmptyState>}
    />
  )
}

const columns: TableColumn<Pack>[] = [
  { id: 'name', header: 'Name', isRowHeader: true, sortValue: ({ name }) => name, cell: ({ name }) => name },
  { id: 'description', header: 'Description', cell: ({ description }) => description },
  { id: 'use', header: 'Use', sortValue: ({ use }) => useWords[use], cell: ({ use }) => useWords[use] },
  {
    id: 'view',
    header: 'Link',
    isHeaderHidden: true,
    isUnbroken: true,
    cell: ({ id, name }) => (
      <TextLink to={paths.pack(id)} aria-label={`View Integration Pack ${name}`}>
        View Integration Pack
      </TextLink>
    ),
  },
]
