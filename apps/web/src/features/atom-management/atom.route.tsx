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
import { AtomHead } from './atom-head.tsx'
import { atomQueries } from './atoms.queries.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-environments')) prefetch(atomQueries.one(requireParam(params, 'atomId')))
  return null
}

/** One Atom, Molecule or Atom Cloud: its properties, and the integration packs that run on it. */
export function Component() {
  const atomId = requireParam(useParams(), 'atomId')
  const { search } = useLocation()
  const query = useQuery(atomQueries.one(atomId))
  if (query.data) {
    return (
      <article key={atomId} aria-labelledby="atom-name">
        <AtomHead atom={query.data} />
        <PageTabs
          label={`Pages of ${query.data.name}`}
          tabs={[
            { to: paths.atom(atomId) + search, label: 'Atom Properties' },
            { to: paths.atomPacks(atomId) + search, label: 'View Integration Pack' },
          ]}
        />
        <Outlet />
      </article>
    )
  }
  if (query.error) {
    return (
      <ErrorState
        title="The Atom could not be shown"
        error={query.error}
        {...(!isRefusal(query.error) && { onRetry: () => void query.refetch() })}
        action={<TextLink to={paths.atomManagement()}>Environments</TextLink>}
      />
    )
  }
  return <Loading lines={8} label="Loading the Atom" />
}
