import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, Outlet, useLocation, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { environmentQueries } from './atoms.queries.ts'
import { EnvironmentHead } from './environment-head.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-environments')) {
    prefetch(environmentQueries.one(requireParam(params, 'environmentId')))
  }
  return null
}

/** One environment: its properties, and the integration packs attached to it. */
export function Component() {
  const environmentId = requireParam(useParams(), 'environmentId')
  const { search } = useLocation()
  const query = useQuery(environmentQueries.one(environmentId))
  if (query.data) {
    return (
      <article key={environmentId} aria-labelledby="environment-name">
        <EnvironmentHead environment={query.data} />
        <PageTabs
          label={`Pages of ${query.data.name}`}
          tabs={[
            { to: paths.environment(environmentId) + search, label: 'Environment Properties' },
            { to: paths.environmentPacks(environmentId) + search, label: 'View Integration Packs' },
          ]}
        />
        <Outlet />
      </article>
    )
  }
  if (query.error) {
    return (
      <ErrorState
        title="The environment could not be shown"
        error={query.error}
        {...(!isRefusal(query.error) && { onRetry: () => void query.refetch() })}
        action={<TextLink to={paths.atomManagement()}>Environments</TextLink>}
      />
    )
  }
  return <Loading lines={8} label="Loading the environment" />
}
