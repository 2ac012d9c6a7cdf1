import type { WebhookDeliveryRow } from '@packline/contract/webhooks.ts'
import { type ReactNode, useMemo } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { DeliveryState } from './webhook-words.tsx'

type DeliveryTableProps = {
  rows: readonly WebhookDeliveryRow[] | undefined
  isRefreshing: boolean
  openId: string | null
  onOpen: (deliveryId: string) => void
  empty: ReactNode
}

export function DeliveryTable({ rows, isRefreshing, openId, onOpen, empty }: DeliveryTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone, onOpen), [zone, onOpen])
  return (
    <DataTable
      label="Deliveries"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      isRefreshing={isRefreshing}
      isMarked={({ id }) => id === openId}
      empty={empty}
      minWidth={1000}
    />
  )
}

const columnsFor = (zone: string, onOpen: (id: string) => void): TableColumn<WebhookDeliveryRow>[] => [
  {
    id: 'createdAt',
    header: 'When',
    isUnbroken: true,
    cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} />,
  },
  {
    id: 'type',
    header: 'Event',
    isRowHeader: true,
    isUnbroken: true,
    cell: ({ id, type }) => <LinkButton onClick={() => onOpen(id)}>{type}</LinkButton>,
  },
  {
    id: 'state',
    header: 'Status',
    isUnbroken: true,
    cell: (delivery) => <DeliveryState delivery={delivery} />,
  },
  { id: 'attempts', header: 'Attempts', align: 'end', cell: ({ attempts }) => formatCount(attempts) },
  { id: 'lastStatus', header: 'Answer', align: 'end', cell: ({ lastStatus }) => lastStatus ?? '–' },
  {
    id: 'lastMillis',
    header: 'Duration',
    align: 'end',
    isUnbroken: true,
    cell: ({ lastMillis }) => (lastMillis === null ? '–' : `${formatCount(lastMillis)} ms`),
  },
  { id: 'lastProblem', header: 'Why not', cell: ({ lastProblem }) => lastProblem ?? '' },
]
