import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { type LoaderFunctionArgs, Outlet, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { packQueries } from '../../packs/pack-queries.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { PackHead } from './pack-head.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-packs')) prefetch(packQueries.one(requireParam(params, 'packId')))
  return null
}

/** The chosen pack: what it is, and below it either its packaged components or its release history. */
export function Component() {
  const packId = requireParam(useParams(), 'packId')
  const pack = useQuery(packQueries.one(packId))
  // What has just come is drawn piece by piece, without keeping the page from answering meanwhile.
  const isReady = useDeferredValue(pack.data !== undefined)

  if (pack.data && isReady) {
    return (
      <section aria-labelledby="pack-name">
        <PackHead key={packId} pack={pack.data} />
        <Outlet />
      </section>
    )
  }
  if (pack.error && !pack.data) {
    return (
      <ErrorState
        title="The integration pack could not be shown"
        error={pack.error}
        {...(!isRefusal(pack.error) && { onRetry: () => void pack.refetch() })}
        action={<TextLink to={paths.packs()}>All integration packs</TextLink>}
      />
    )
  }
  return <Loading lines={6} label="Loading the integration pack" />
}
