import type { AccountUserView } from '@packline/contract/account-users.ts'
import { type ReactNode, useMemo } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { labelsOf, nameOf, SignInStatus } from './user-words.tsx'

type UserTableProps = {
  rows: readonly AccountUserView[] | undefined
  isRefreshing: boolean
  onOpen: (userId: string) => void
  empty: ReactNode
}

export function UserTable({ rows, isRefreshing, onOpen, empty }: UserTableProps) {
  const zone = useReaderZone()
  const columns = useMemo(() => columnsFor(zone, onOpen), [zone, onOpen])
  return (
    <DataTable
      label="Users"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      isSortedByServer
      isRefreshing={isRefreshing}
      empty={empty}
      minWidth={820}
    />
  )
}

const columnsFor = (zone: string, onOpen: (userId: string) => void): TableColumn<AccountUserView>[] => [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    cell: (user) => (
      <>
        <LinkButton onClick={() => onOpen(user.id)}>{nameOf(user)}</LinkButton>
        {user.isYou && ' (you)'}
      </>
    ),
  },
  { id: 'email', header: 'E-mail', cell: ({ email }) => email },
  { id: 'roles', header: 'Roles', cell: ({ roles }) => labelsOf(roles) },
  {
    id: 'lastSignedInAt',
    header: 'Last Sign-in',
    isUnbroken: true,
    cell: ({ lastSignedInAt }) =>
      lastSignedInAt === null ? 'Never' : <Moment at={lastSignedInAt} zone={zone} />,
  },
  {
    id: 'lockedUntil',
    header: 'Sign-in',
    hint: 'After too many bad sign-ins a user is locked for a while. An administrator can lift the lock.',
    cell: ({ lockedUntil }) => <SignInStatus lockedUntil={lockedUntil} zone={zone} />,
  },
]
