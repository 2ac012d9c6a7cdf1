import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { identifier, readUrlState, text, useUrlState, wholeNumber } from '../../lib/use-url-state.ts'
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
import { CreateRoleDialog } from './create-role-dialog.tsx'
import { RolePanel } from './role-panel.tsx'
import { RoleTable } from './role-table.tsx'
import { roleQueries } from './roles.queries.ts'

const pageSize = 50
/** What the address of the roles may say. */
const fields = { search: text(), page: wholeNumber(), role: identifier() }

const queryOf = ({ search, page }: { search: string; page: number }) => ({
  ...(search !== '' && { filter: search }),
  page,
  pageSize,
})

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-roles'))) return null
  const { state } = readUrlState(fields, new URL(request.url).searchParams)
  prefetch(roleQueries.list(queryOf(state)))
  return null
}

const lead =
  'A role is a set of privileges. Every account has the four default roles; make custom ones for what they do not fit.'

export function Component() {
  const permission = usePermission('view-roles')
  return permission.kind === 'allowed' ? (
    <Roles />
  ) : (
    <>
      <PageHeading title="Roles" lead={lead} />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function Roles() {
  const [state, setState, refused] = useUrlState(fields)
  const [isCreating, setCreating] = useState(false)
  const permission = usePermission('edit-roles')
  const { data, error, isPlaceholderData, refetch } = useQuery(roleQueries.list(queryOf(state)))
  return (
    <>
      <PageHeading
        title="Roles"
        lead={lead}
        actions={permission.kind === 'allowed' && <Button onClick={() => setCreating(true)}>Add Role</Button>}
      />
      <Allowed permission={permission}>{null}</Allowed>
      <RefusedAddress names={refused} />
      <FilterBar label="Filter roles">
        <SearchField
          label="Search by name"
          isLabelShown
          value={state.search}
          onChange={(search) => setState({ search })}
        />
      </FilterBar>
      {error && (
        <ErrorState title="The roles could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <RoleTable
          rows={data?.rows}
          isRefreshing={isPlaceholderData}
          onOpen={(role) => setState({ role, page: state.page })}
          empty={
            <EmptyState
              action={
                <Button variant="default" onClick={() => setState({ search: '' })}>
                  Show all roles
                </Button>
              }
            >
              No role matches what you are looking for.
            </EmptyState>
          }
        />
      )}
      {data && (
        <Pagination
          noun="roles"
          page={state.page}
          pageSize={pageSize}
          total={data.total}
          onPage={(page) => setState({ page }, { push: true })}
        />
      )}
      <CreateRoleDialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={(role) => setState({ role })}
      />
      <RolePanel roleId={state.role} onClose={() => setState({ role: null, page: state.page })} />
    </>
  )
}
