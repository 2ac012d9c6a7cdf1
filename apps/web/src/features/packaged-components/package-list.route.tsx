import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { readUrlState, useUrlState } from '../../lib/use-url-state.ts'
import { paths } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RefusedAddress } from '../../ui/refused-address.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import type { PackageAct } from './package-actions.tsx'
import { NoPackages } from './no-packages.tsx'
import { PackageFilters } from './package-filters.tsx'
import {
  isFiltered,
  listQueryOf,
  noFilters,
  packageListFields,
  pageSize,
  sortChange,
  sortOf,
} from './package-list-state.ts'
import { PackagePanel } from './package-panel.tsx'
import { PackageTable } from './package-table.tsx'
import { packageQueries } from './packages.queries.ts'

const PackageDialogs = lazyDialog(() =>
  import('./package-dialogs.tsx').then((module) => module.PackageDialogs),
)

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-packages'))) return null
  const { state } = readUrlState(packageListFields, new URL(request.url).searchParams)
  prefetch(packageQueries.list(listQueryOf(state)))
  return null
}

const lead =
  'Immutable versions of components, each with everything it needs. They are what gets deployed, and what integration packs are made of.'

export function Component() {
  const permission = usePermission('view-packages')
  return permission.kind === 'allowed' ? (
    <PackageList />
  ) : (
    <>
      <PageHeading title="Packaged Components" lead={lead} />
      <WhyNot>{permission.sentence}</WhyNot>
    </>
  )
}

function PackageList() {
  const [state, setState, refused] = useUrlState(packageListFields)
  const [act, setAct] = useState<PackageAct | null>(null)
  const { data, error, isPlaceholderData, refetch } = useQuery(packageQueries.list(listQueryOf(state)))
  const isEmpty = data?.total === 0 && !isFiltered(state)
  const isFailed = error !== null && data === undefined
  const createButton = (
    <Allowed permission={usePermission('create-package')}>
      <ButtonLink to={paths.createPackages()}>Create Packaged Component</ButtonLink>
    </Allowed>
  )
  const doAct = (next: PackageAct) => {
    const { kind, one } = next
    if (kind === 'details') setState({ details: one.id, page: state.page }, { push: true })
    else if (kind === 'history') setState({ history: one.componentId, page: state.page }, { push: true })
    else setAct(next)
  }
  return (
    <>
      <PageHeading title="Packaged Components" lead={lead} actions={!isEmpty && createButton} />
      <RefusedAddress names={refused} />
      {(!isEmpty || state.deleted) && <PackageFilters state={state} onChange={setState} />}
      {error && (
        <ErrorState
          title="The packaged components could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {!isFailed && (
        <PackageTable
          rows={data?.rows}
          sort={sortOf(state)}
          onSort={(sort) => setState(sortChange(sort))}
          onAct={doAct}
          isRefreshing={isPlaceholderData}
          empty={
            <NoPackages
              isFiltered={isFiltered(state)}
              onShowAll={() => setState(noFilters)}
              createButton={createButton}
            />
          }
        />
      )}
      {data && (
        <Pagination
          noun="packaged components"
          page={state.page}
          pageSize={pageSize}
          total={data.total}
          onPage={(page) => setState({ page }, { push: true })}
        />
      )}
      <PackagePanel state={state} onChange={setState} />
      <PackageDialogs isOpen={act !== null} act={act} onClose={() => setAct(null)} />
    </>
  )
}
