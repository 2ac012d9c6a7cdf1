import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import { ComponentFilters } from './component-filters.tsx'
import {
  componentListFields,
  isFiltered,
  listQueryOf,
  noFilters,
  pageSize,
  sortChange,
  sortOf,
} from './component-list-state.ts'
import { ComponentTable } from './component-table.tsx'
import { componentQueries } from './components.queries.ts'
import { CreateComponentDialog } from './create-component-dialog.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-components'))) return null
  const { state } = readUrlState(componentListFields, new URL(request.url).searchParams)
  prefetch(componentQueries.list(listQueryOf(state)))
  prefetch(componentQueries.folders())
  return null
}

const lead =
  'What you build: processes, API Service components and what belongs to them. Upload the content of a component here, then package it to deploy or release it.'

export function Component() {
  const permission = usePermission('view-components')
  return permission.kind === 'allowed' ? (
    <ComponentList />
  ) : (
    <>
      <PageHeading title="Components" lead={lead} />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function ComponentList() {
  const [state, setState, refused] = useUrlState(componentListFields)
  const [isCreating, setCreating] = useState(false)
  const { data, error, isPlaceholderData, refetch } = useQuery(componentQueries.list(listQueryOf(state)))
  const permission = usePermission('create-component')
  const createButton = (
    <Allowed permission={permission}>
      <Button onClick={() => setCreating(true)}>Create Component</Button>
    </Allowed>
  )
  const isEmpty = data?.total === 0 && !isFiltered(state)

  return (
    <>
      <PageHeading title="Components" lead={lead} actions={!isEmpty && createButton} />
      <RefusedAddress names={refused} />
      {!isEmpty && <ComponentFilters state={state} onChange={setState} />}
      {error && (
        <ErrorState title="The components could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {!(error && !data) && (
        <ComponentTable
          rows={data?.rows}
          sort={sortOf(state)}
          onSort={(sort) => setState(sortChange(sort))}
          isRefreshing={isPlaceholderData}
          empty={
            isEmpty ? (
              <EmptyState action={createButton}>
                There are no components yet. Create the first one, then upload its content.
              </EmptyState>
            ) : (
              <EmptyState
                action={
                  <Button variant="default" onClick={() => setState(noFilters)}>
                    Show all components
                  </Button>
                }
              >
                No component matches what you are looking for.
              </EmptyState>
            )
          }
        />
      )}
      {data && (
        <Pagination
          noun="components"
          page={state.page}
          pageSize={pageSize}
          total={data.total}
          onPage={(page) => setState({ page }, { push: true })}
        />
      )}
      <CreateComponentDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  )
}
