import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { HistoryEntry } from './history-entry.tsx'
import classes from './release-history.module.css'
import { releaseQueries } from './releases.queries.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-releases')) prefetch(releaseQueries.history(requireParam(params, 'packId')))
  return null
}

/** Every release of the pack, newest first, with what it changed. */
export function Component() {
  const packId = requireParam(useParams(), 'packId')
  const history = useQuery(releaseQueries.history(packId))
  return (
    <section aria-labelledby="release-history">
      <h3 id="release-history" className={classes['heading']}>
        Release history
      </h3>
      {history.data?.length === 0 && (
        <EmptyState>
          This integration pack has not been released yet. Its releases will be listed here.
        </EmptyState>
      )}
      {history.data && history.data.length > 0 && (
        <ol className={classes['list']} reversed>
          {history.data.map((release) => (
            <HistoryEntry key={release.id} packId={packId} release={release} />
          ))}
        </ol>
      )}
      {history.error && !history.data && (
        <ErrorState
          title="The releases could not be loaded"
          error={history.error}
          onRetry={() => void history.refetch()}
        />
      )}
      {history.isPending && <Loading lines={6} />}
    </section>
  )
}
