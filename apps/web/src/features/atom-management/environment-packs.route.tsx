import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { environmentQueries } from './atoms.queries.ts'
import { PackUpdates } from './pack-updates.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-updates')) prefetch(environmentQueries.packs(requireParam(params, 'environmentId')))
  return null
}

/** View Integration Packs of an environment. */
export function Component() {
  const environmentId = requireParam(useParams(), 'environmentId')
  const packs = useQuery(environmentQueries.packs(environmentId))
  if (packs.data) return <PackUpdates packs={packs.data} />
  if (packs.error) {
    return (
      <ErrorState
        title="The integration packs could not be loaded"
        error={packs.error}
        onRetry={() => void packs.refetch()}
      />
    )
  }
  return <Loading lines={6} label="Loading the integration packs" />
}
