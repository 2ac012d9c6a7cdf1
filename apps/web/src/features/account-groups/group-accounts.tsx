import type { AccountGroupView, GroupAccount } from '@packline/contract/account-groups.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { useUrlState } from '../../lib/use-url-state.ts'
import { usePermission } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { tableTicks } from '../../ui/table-ticks.tsx'
import { AccountDialogs, type AccountLook } from './account-dialogs.tsx'
import classes from './account-groups.module.css'
import { groupQueries, pageSize } from './account-groups.queries.ts'
import { ChooseAccountDialog } from './choose-account-dialog.tsx'
import { accessFields } from './group-address.ts'
import { RemoveAccountsDialog } from './remove-accounts-dialog.tsx'
import { RowActions } from './row-actions.tsx'

const none: ReadonlySet<string> = new Set()
const rowId = ({ id }: GroupAccount) => id
const nameOf = ({ name }: GroupAccount) => name

/** Accounts in Group: thousands if need be, searched and paged by the server. */
export function GroupAccounts({ group }: { group: AccountGroupView }) {
  const [{ search, page }, setState] = useUrlState(accessFields)
  const [selected, setSelected] = useState(none)
  const [open, setOpen] = useState<'add' | 'remove' | null>(null)
  const [look, setLook] = useState<AccountLook | null>(null)
  const permission = usePermission('edit-account-groups')
  const query = useQuery(groupQueries.accounts(group.id, { search, page }))
  const mayChange = permission.kind === 'allowed' && !group.isDefault
  const addButton = mayChange && <Button onClick={() => setOpen('add')}>Add Accounts</Button>
  const close = () => setOpen(null)
  return (
    <section aria-labelledby="accounts-in-group" className={classes['section']}>
      <div className={classes['head']}>
        <h3 id="accounts-in-group">Accounts in Group</h3>
        <div className={classes['actions']} data-no-print>
          {group.accountCount > 0 && addButton}
          {mayChange && selected.size > 0 && (
            <Button variant="default" onClick={() => setOpen('remove')}>
              {`Remove ${formatCount(selected.size)} Selected`}
            </Button>
          )}
        </div>
      </div>
      {group.accountCount > 0 && (
        <FilterBar label="Search accounts">
          <SearchField
            label="Search accounts by name or ID"
            placeholder="Part of a name or ID"
            value={search}
            onChange={(text) => setState({ search: text })}
          />
        </FilterBar>
      )}
      {query.error && !query.data ? (
        <ErrorState
          title="The accounts could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <DataTable<GroupAccount>
          label="Accounts in Group"
          columns={columnsFor(setLook)}
          rows={query.data?.rows}
          rowId={rowId}
          isRefreshing={query.isPlaceholderData}
          minWidth={560}
          {...(mayChange && { ticks: tableTicks({ selected, onChange: setSelected, rowId, nameOf }) })}
          empty={
            <EmptyState action={search === '' && addButton}>
              {search !== ''
                ? `No account of the group matches “${search}”.`
                : group.isDefault
                  ? 'This account manages no others yet. Create the first one under Accounts; it is in this group at once.'
                  : 'No account is in this group yet.'}
            </EmptyState>
          }
        />
      )}
      {query.data && (
        <Pagination
          noun="accounts"
          page={page}
          pageSize={pageSize}
          total={query.data.total}
          onPage={(next) => setState({ page: next }, { push: true })}
        />
      )}
      <AccountDialogs look={look} onClose={() => setLook(null)} />
      <ChooseAccountDialog isOpen={open === 'add'} group={group} onClose={close} />
      <RemoveAccountsDialog
        isOpen={open === 'remove'}
        group={group}
        accountIds={[...selected].toSorted()}
        onClose={close}
        onRemoved={() => {
          setSelected(none)
          close()
        }}
      />
    </section>
  )
}

const columnsFor = (onLook: (look: AccountLook) => void): TableColumn<GroupAccount>[] => [
  {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    width: '3rem',
    cell: (account) => (
      <RowActions
        name={account.name}
        acts={[
          ['View Account Group Membership', () => onLook({ kind: 'membership', account })],
          ['View Account’s Assigned Users', () => onLook({ kind: 'users', account })],
        ]}
      />
    ),
  },
  { id: 'name', header: 'Account Name', isRowHeader: true, cell: ({ name }) => name },
  { id: 'id', header: 'Account ID', isUnbroken: true, cell: ({ id }) => <code>{id}</code> },
  {
    id: 'status',
    header: 'Status',
    isUnbroken: true,
    cell: ({ status }) =>
      status === 'suspended' || status === 'deleted' ? (
        <StatusBadge tone="bad">{status === 'suspended' ? 'Suspended' : 'Deleted'}</StatusBadge>
      ) : (
        <StatusBadge tone="good">Active</StatusBadge>
      ),
  },
]
