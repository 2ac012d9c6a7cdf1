import type { ComponentDetails, RevisionView } from '@packline/contract/components.ts'
import { useMemo } from 'react'
import { api } from '../../api.ts'
import { formatBytes, formatCount } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DownloadLink } from '../../ui/download-link.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import { ShortHash } from '../../ui/short-hash.tsx'
import type { TableColumn } from '../../ui/table-column.ts'

export function RevisionTable({ component: { id, revisions } }: { component: ComponentDetails }) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(id, zone), [id, zone])
  return (
    <DataTable
      label="Revisions"
      columns={columns}
      rows={revisions}
      rowId={(revision) => revision.id}
      sort={{ by: 'revision', direction: 'desc' }}
      minWidth={760}
      empty={
        <EmptyState>This component has no content yet. Upload a file, and it can be packaged.</EmptyState>
      }
    />
  )
}

const columnsFor = (componentId: string, zone: string): TableColumn<RevisionView>[] => [
  {
    id: 'revision',
    header: 'Revision',
    isRowHeader: true,
    isUnbroken: true,
    sortValue: ({ revision }) => revision,
    cell: ({ revision }) => formatCount(revision),
  },
  {
    id: 'size',
    header: 'Size',
    align: 'end',
    isUnbroken: true,
    sortValue: ({ size }) => size,
    cell: ({ size }) => formatBytes(size),
  },
  {
    id: 'sha256',
    header: 'SHA-256',
    isUnbroken: true,
    cell: ({ sha256, revision }) => (
      <ShortHash value={sha256} what={`SHA-256 of revision ${formatCount(revision)}`} />
    ),
  },
  {
    id: 'by',
    header: 'Uploaded By',
    sortValue: ({ createdByName }) => createdByName,
    cell: ({ createdByName }) => createdByName,
  },
  {
    id: 'when',
    header: 'Uploaded',
    isUnbroken: true,
    // The order of revisions, and not of clocks, which may have gone back.
    sortValue: ({ revision }) => revision,
    cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} />,
  },
  {
    id: 'download',
    header: 'Download',
    isHeaderHidden: true,
    align: 'end',
    cell: ({ revision }) => (
      <DownloadLink
        href={api.downloadContentUrl(componentId, revision)}
        what={`revision ${formatCount(revision)}`}
      />
    ),
  },
]
