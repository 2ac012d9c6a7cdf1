import type { WebhookView } from '@packline/contract/webhooks.ts'
import { type ReactNode, useMemo } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { WebhookStatus } from './webhook-words.tsx'
import classes from './webhooks.module.css'

type WebhookTableProps = { rows: readonly WebhookView[] | undefined; empty: ReactNode }

export function WebhookTable({ rows, empty }: WebhookTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone), [zone])
  return (
    <DataTable
      label="Webhooks"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      empty={empty}
      minWidth={860}
      skeletonRows={3}
    />
  )
}

const columnsFor = (zone: string): TableColumn<WebhookView>[] => [
  {
    id: 'url',
    header: 'Address',
    isRowHeader: true,
    cell: ({ id, url }) => (
      <TextLink to={paths.webhook(id)} className={classes['address']}>
        {url}
      </TextLink>
    ),
  },
  { id: 'description', header: 'Description', cell: ({ description }) => description || '–' },
  {
    id: 'status',
    header: 'Status',
    isUnbroken: true,
    cell: (webhook) => <WebhookStatus webhook={webhook} />,
  },
  { id: 'events', header: 'Events', align: 'end', cell: ({ events }) => formatCount(events.length) },
  { id: 'waiting', header: 'Waiting', align: 'end', cell: ({ waiting }) => formatCount(waiting) },
  {
    id: 'failed',
    header: 'Failed',
    hint: 'Deliveries given up within the last seven days.',
    align: 'end',
    cell: ({ failed }) => formatCount(failed),
  },
  {
    id: 'lastSucceededAt',
    header: 'Last delivered',
    isUnbroken: true,
    cell: ({ lastSucceededAt }) =>
      lastSucceededAt === null ? 'Never' : <Moment at={lastSucceededAt} zone={zone} />,
  },
]
