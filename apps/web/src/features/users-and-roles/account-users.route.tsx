import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { WhyNot } from '../../ui/why-not.tsx'
import { userQueries } from './account-users.queries.ts'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { roleQueries } from './roles.queries.ts'
import { isFiltered, listQueryOf, noFilters, pageSize, userListFields } from './user-list-state.ts'
import { UserPanel } from './user-panel.tsx'
import { UserTable } from './user-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-users'))) return null
  const { state } = readUrlState(userListFields, new URL(request.url).searchParams)
  prefetch(userQueries.list(listQueryOf(state)))
  prefetch(userQueries.invitations(state.invitations))
  return null
}

const lead = 'Who works in this account, and what their roles let them do.'

export function Component() {
  const permission = usePermission('view-users')
  return permission.kind === 'allowed' ? (
    <AccountUsers />
  ) : (
    <>
      <PageHeading title="User Management" lead={lead} />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function AccountUsers() {
  const [state, setState, refused] = useUrlState(userListFields)
  const [isInviting, setInviting] = useState(false)
  const { data, error, isPlaceholderData, refetch } = useQuery(userQueries.list(listQueryOf(state)))
  const { data: roles } = useQuery(roleQueries.list())
  return (
    <>
      <PageHeading
        title="User Management"
        lead={lead}
        actions={<Button onClick={() => setInviting(true)}>Invite User</Button>}
      />
      <RefusedAddress names={refused} />
      <Invitations page={state.invitations} onPage={(invitations) => setState({ invitations })} />
      <FilterBar label="Filter users">
        <SearchField
          label="Search by name or e-mail"
          isLabelShown
          value={state.search}
          onChange={(search) => setState({ search })}
        />
        <NativeSelect
          label="Role"
          value={state.role ?? ''}
          onChange={({ currentTarget: { value } }) => setState({ role: value === '' ? null : value })}
          data={[
            { value: '', label: 'All roles' },
            ...(roles?.rows ?? []).map(({ id, label }) => ({ value: id, label })),
          ]}
        />
      </FilterBar>
      {error && (
        <ErrorState title="The users could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <UserTable
          rows={data?.rows}
          isRefreshing={isPlaceholderData}
          onOpen={(user) => setState({ user, page: state.page })}
          empty={
            <EmptyState
              action={
                isFiltered(state) && (
                  <Button variant="default" onClick={() => setState(noFilters)}>
                    Show all users
                  </Button>
                )
              }
            >
              {isFiltered(state)
                ? 'No user matches what you are looking for.'
                : 'Nobody is a user of this account itself yet: you came here through an account group. Invite the first one.'}
            </EmptyState>
          }
        />
      )}
      {data && (
        <Pagination
          noun="users"
          page={state.page}
          pageSize={pageSize}
          total={data.total}
          onPage={(page) => setState({ page }, { push: true })}
        />
      )}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
      <UserPanel userId={state.user} onClose={() => setState({ user: null, page: state.page })} />
    </>
  )
}
