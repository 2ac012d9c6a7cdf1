import type { RoleKind, RoleView } from '@packline/contract/roles.ts'
import { allPrivileges, isPrivilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import { type ReactNode, useMemo } from 'react'
import { formatCount, plural } from '../../lib/dates.ts'
import { paths } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { TextLink } from '../../ui/text-link.tsx'

type RoleTableProps = {
  rows: readonly RoleView[] | undefined
  isRefreshing: boolean
  onOpen: (roleId: string) => void
  empty: ReactNode
}

export const kindWords: Record<RoleKind, string> = {
  default: 'Default role',
  own: 'Custom role',
  shared: 'Shared by the primary account',
}

export function RoleTable({ rows, isRefreshing, onOpen, empty }: RoleTableProps) {
  const seesUsers = usePermission('view-users').kind === 'allowed'
  const columns = useMemo(() => columnsFor(onOpen, seesUsers), [onOpen, seesUsers])
  return (
    <DataTable
      label="Roles"
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

const columnsFor = (onOpen: (roleId: string) => void, seesUsers: boolean): TableColumn<RoleView>[] => [
  {
    id: 'name',
    header: 'Role',
    isRowHeader: true,
    cell: ({ id, label }) => <LinkButton onClick={() => onOpen(id)}>{label}</LinkButton>,
  },
  { id: 'kind', header: 'Kind', isUnbroken: true, cell: ({ kind }) => kindWords[kind] },
  { id: 'parent', header: 'Inherits From', cell: ({ parent }) => parent?.label },
  { id: 'privileges', header: 'Privileges', cell: ({ privileges }) => summaryOf(privileges) },
  {
    id: 'userCount',
    header: 'Users',
    align: 'end',
    isUnbroken: true,
    cell: ({ id, label, userCount }) =>
      userCount === 0 || !seesUsers ? (
        formatCount(userCount)
      ) : (
        <TextLink
          to={paths.accountUsers({ role: id })}
          aria-label={`${plural(userCount, 'user')} with the role ${label}`}
        >
          {formatCount(userCount)}
        </TextLink>
      ),
  },
]

/** How many a table cell names; the panel beside it names them all. */
const named = 3

function summaryOf(privileges: readonly string[]): string {
  if (privileges.length === allPrivileges.length) return 'All'
  const labels = privileges.filter(isPrivilege).map((one) => privilegeTable[one].label)
  if (labels.length === 0) return 'None'
  const rest = labels.length - named
  return labels.slice(0, named).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
