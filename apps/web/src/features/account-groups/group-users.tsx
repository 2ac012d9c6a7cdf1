import type { AccountGroupView, GroupUser } from '@packline/contract/account-groups.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useUrlState } from '../../lib/use-url-state.ts'
import { usePermission } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './account-groups.module.css'
import { groupQueries, pageSize } from './account-groups.queries.ts'
import { accessFields } from './group-address.ts'
import { nameOf } from './person-name.ts'
import { RemoveUserDialog } from './remove-user-dialog.tsx'
import { RolePane } from './role-pane.tsx'
import { RowActions } from './row-actions.tsx'
import { UserGroupsDialog } from './user-groups-dialog.tsx'
import { UserRolesDialog } from './user-roles-dialog.tsx'

type Open = { kind: 'add' } | { kind: 'edit' | 'remove' | 'groups'; user: GroupUser }

/** Users in Group, with the roles and privileges of the chosen one beside them. */
export function GroupUsers({ group }: { group: AccountGroupView }) {
  const [{ userSearch, userPage, user }, setState] = useUrlState(accessFields)
  const [open, setOpen] = useState<Open | null>(null)
  const permission = usePermission('edit-account-groups')
  const query = useQuery(groupQueries.users(group.id, { search: userSearch, page: userPage }))
  const mayChange = permission.kind === 'allowed'
  const chosen = query.data?.rows.find(({ userId }) => userId === user)
  const close = () => setOpen(null)
  const addButton = mayChange && (
    <Button variant="default" onClick={() => setOpen({ kind: 'add' })}>
      Add User
    </Button>
  )
  return (
    <section aria-labelledby="users-in-group" className={classes['section']}>
      <div className={classes['head']}>
        <h3 id="users-in-group">Users in Group</h3>
        <div className={classes['actions']} data-no-print>
          {group.userCount > 0 && addButton}
        </div>
      </div>
      <p className={classes['note']}>
        They work in every account of the group by their role here. Users of an account itself keep the role
        they have there, and an account’s Support Access Role caps what group users may do.
      </p>
      {group.userCount > 0 && (
        <FilterBar label="Search users">
          <SearchField
            label="Search users by name or e-mail"
            placeholder="Part of a name or e-mail"
            value={userSearch}
            onChange={(text) => setState({ userSearch: text, userPage: 1 })}
          />
        </FilterBar>
      )}
      {query.error && !query.data ? (
        <ErrorState
          title="The users could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <div className={classes['users']} data-open={chosen ? true : undefined}>
          <DataTable
            label="Users in Group"
            columns={columnsFor({
              mayChange,
              onShow: (userId) => setState({ user: userId }),
              onOpen: setOpen,
            })}
            rows={query.data?.rows}
            rowId={({ userId }) => userId}
            isMarked={({ userId }) => userId === user}
            isRefreshing={query.isPlaceholderData}
            minWidth={560}
            empty={
              <EmptyState action={userSearch === '' && addButton}>
                {userSearch === ''
                  ? 'Nobody works in the accounts of this group through it yet.'
                  : `No user of the group matches “${userSearch}”.`}
              </EmptyState>
            }
          />
          {chosen && <RolePane group={group} user={chosen} onClose={() => setState({ user: null })} />}
        </div>
      )}
      {query.data && (
        <Pagination
          noun="users"
          page={userPage}
          pageSize={pageSize}
          total={query.data.total}
          onPage={(next) => setState({ userPage: next }, { push: true })}
        />
      )}
      <UserRolesDialog
        isOpen={open?.kind === 'add' || open?.kind === 'edit'}
        group={group}
        user={open?.kind === 'edit' ? open.user : null}
        onClose={close}
      />
      <RemoveUserDialog
        isOpen={open?.kind === 'remove'}
        group={group}
        user={open?.kind === 'remove' ? open.user : null}
        onClose={close}
      />
      <UserGroupsDialog user={open?.kind === 'groups' ? open.user : null} onClose={close} />
    </section>
  )
}

type ColumnActs = { mayChange: boolean; onShow: (userId: string) => void; onOpen: (open: Open) => void }

const columnsFor = ({ mayChange, onShow, onOpen }: ColumnActs): TableColumn<GroupUser>[] => [
  {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    width: '3rem',
    cell: (user) => (
      <RowActions
        name={nameOf(user)}
        acts={[
          ...(mayChange ? ([['Edit roles', () => onOpen({ kind: 'edit', user })]] as const) : []),
          ...(mayChange ? ([['Remove from group', () => onOpen({ kind: 'remove', user })]] as const) : []),
          ['View all groups of the user', () => onOpen({ kind: 'groups', user })],
        ]}
      />
    ),
  },
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    cell: (user) => (
      <LinkButton type="button" onClick={() => onShow(user.userId)}>
        {nameOf(user)}
      </LinkButton>
    ),
  },
  { id: 'email', header: 'E-mail', cell: ({ email }) => email },
  { id: 'roles', header: 'Roles', cell: ({ roles }) => roles.map(({ name }) => name).join(', ') },
]
