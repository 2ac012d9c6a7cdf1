import type { DeviceView } from '@packline/contract/session.ts'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { deviceZone, formatInstant } from '../../lib/dates.ts'
import { useSession } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { announce } from '../../ui/live-region.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { describeBrowser } from './describe-browser.ts'
import { settingsQueries } from './settings.queries.ts'

export function DeviceList() {
  const queryClient = useQueryClient()
  const timeZone = useSession().user.timeZone ?? deviceZone()
  const { data: devices, error, refetch } = useQuery(settingsQueries.devices)
  const {
    mutate,
    isPending,
    variables,
    error: revokeError,
  } = useMutation({
    mutationFn: ({ id }: DeviceView) => api.revokeDevice(id),
    onSuccess: async (_, device) => {
      announce(`Signed out: ${describeBrowser(device.userAgent)}`)
      await queryClient.invalidateQueries({ queryKey: settingsQueries.devices.queryKey })
    },
  })
  if (error) {
    return (
      <ErrorState title="The sessions could not be loaded" error={error} onRetry={() => void refetch()} />
    )
  }
  return (
    <>
      {revokeError && <ErrorState error={revokeError} />}
      <DataTable
        label="Where you are signed in"
        columns={columnsFor({ timeZone, leaving: isPending ? variables.id : null, onSignOut: mutate })}
        rows={devices}
        rowId={({ id }) => id}
        sort={{ by: 'lastSeenAt', direction: 'desc' }}
        empty={<EmptyState>You are signed in nowhere.</EmptyState>}
        minWidth={720}
        skeletonRows={2}
      />
    </>
  )
}

type ColumnContext = { timeZone: string; leaving: string | null; onSignOut: (device: DeviceView) => void }

const columnsFor = ({ timeZone, leaving, onSignOut }: ColumnContext): TableColumn<DeviceView>[] => [
  {
    id: 'browser',
    header: 'Browser',
    isRowHeader: true,
    cell: ({ userAgent }) => describeBrowser(userAgent),
  },
  { id: 'address', header: 'Address', isUnbroken: true, cell: ({ address }) => address },
  {
    id: 'signedInAt',
    header: 'Signed in',
    isUnbroken: true,
    sortValue: ({ signedInAt }) => Date.parse(signedInAt),
    cell: ({ signedInAt }) => formatInstant(signedInAt, timeZone),
  },
  {
    id: 'lastSeenAt',
    header: 'Last seen',
    isUnbroken: true,
    sortValue: ({ lastSeenAt }) => Date.parse(lastSeenAt),
    cell: ({ lastSeenAt }) => formatInstant(lastSeenAt, timeZone),
  },
  {
    id: 'end',
    header: 'Sign out there',
    isHeaderHidden: true,
    align: 'end',
    cell: (device) =>
      device.isCurrent ? (
        <StatusBadge tone="accent">This session</StatusBadge>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Sign out ${describeBrowser(device.userAgent)} of ${formatInstant(device.signedInAt, timeZone)}`}
          loading={leaving === device.id}
          onClick={() => onSignOut(device)}
        >
          Sign out
        </Button>
      ),
  },
]
