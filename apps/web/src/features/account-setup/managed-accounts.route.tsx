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
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import { accountQueries } from './account-setup.queries.ts'
import { statuses, statusTable } from './account-words.tsx'
import { CreateAccountDialog } from './create-account-dialog.tsx'
import { ManagedAccountTable } from './managed-account-table.tsx'
import {
  isFiltered,
  listQueryOf,
  managedAccountFields,
  noFilters,
  pageSize,
  sortChange,
} from './managed-accounts-state.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-managed-accounts'))) return null
  const { state } = readUrlState(managedAccountFields, new URL(request.url).searchParams)
  prefetch(accountQueries.managed(listQueryOf(state)))
  return null
}

const lead = 'The accounts that this account manages. What you share through an account group reaches them.'

export function Component() {
  const permission = usePermission('view-managed-accounts')
  return permission.kind === 'allowed' ? (
    <ManagedAccounts />
  ) : (
    <>
      <PageHeading title="Accounts" lead={lead} />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function ManagedAccounts() {
  const [state, setState, refused] = useUrlState(managedAccountFields)
  const [isCreating, setCreating] = useState(false)
  const { data, error, isPlaceholderData, refetch } = useQuery(accountQueries.managed(listQueryOf(state)))
  const permission = usePermission('create-managed-account')
  const createButton = (
    <Allowed permission={permission}>
      <Button onClick={() => setCreating(true)}>Create Account</Button>
    </Allowed>
  )
  const isEmpty = data?.total === 0 && !isFiltered(state)
  return (
    <>
      <PageHeading title="Accounts" lead={lead} actions={!isEmpty && createButton} />
      <RefusedAddress names={refused} />
      {!isEmpty && (
        <FilterBar label="Filter accounts">
          <SearchField
            label="Search by name or ID"
            isLabelShown
            value={state.search}
            onChange={(search) => setState({ search })}
          />
          <NativeSelect
            label="Status"
            value={state.status ?? ''}
            onChange={({ currentTarget: { value } }) =>
              setState({ status: statuses.find((status) => status === value) ?? null })
            }
            data={[
              { value: '', label: 'All statuses' },
              ...statuses.map((value) => ({ value, label: statusTable[value].label })),
            ]}
          />
        </FilterBar>
      )}
      {error && (
        <ErrorState title="The accounts could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <ManagedAccountTable
          rows={data?.rows}
          sort={{ by: state.sort, direction: state.direction }}
          onSort={(sort) => setState(sortChange(sort))}
          isRefreshing={isPlaceholderData}
          empty={
            isEmpty ? (
              <EmptyState action={createButton}>
                This account manages no others yet. Create the first one, then share integration packs with
                it.
              </EmptyState>
            ) : (
              <EmptyState
                action={
                  <Button variant="default" onClick={() => setState(noFilters)}>
                    Show all accounts
                  </Button>
                }
              >
                No account matches what you are looking for.
              </EmptyState>
            )
          }
        />
      )}
      {data && (
        <Pagination
          noun="accounts"
          page={state.page}
          pageSize={pageSize}
          total={data.total}
          onPage={(page) => setState({ page }, { push: true })}
        />
      )}
      <CreateAccountDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  )
}
