import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { atomQueries } from './atoms.queries.ts'
import { PackUpdates } from './pack-updates.tsx'
import classes from './properties.module.css'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-updates')) prefetch(atomQueries.packs(requireParam(params, 'atomId')))
  return null
}

/** View Integration Pack of an Atom: what runs in its environment. */
export function Component() {
  const atomId = requireParam(useParams(), 'atomId')
  const query = useQuery(atomQueries.packs(atomId))
  if (query.data) {
    const { packs, atom, isPlace } = query.data
    if (packs === null) {
      return (
        <EmptyState>
          {atom.name} is in no environment, so no integration pack runs on it. Choose its environment under
          Atom Properties.
        </EmptyState>
      )
    }
    return (
      <>
        <p className={classes['quiet']}>
          {isPlace ? (
            'These are attached to this Atom itself.'
          ) : (
            <>
              These run in the environment{' '}
              <TextLink to={paths.environment(packs.environment.id)}>{packs.environment.name}</TextLink>, on
              all of its Atoms.
            </>
          )}
        </p>
        <PackUpdates packs={packs} />
      </>
    )
  }
  if (query.error) {
    return (
      <ErrorState
        title="The integration packs could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    )
  }
  return <Loading lines={6} label="Loading the integration packs" />
}
