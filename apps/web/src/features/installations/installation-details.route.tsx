import { useQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { isRefusal } from '../../lib/field-problems.ts'
import { paths, requireParam } from '../../paths.ts'
import { prefetch } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Attachments } from './attachments.tsx'
import { InstallationContents } from './installation-contents.tsx'
import { InstallationHead } from './installation-head.tsx'
import { installationQueries } from './installations.queries.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-installations')) {
    prefetch(installationQueries.one(requireParam(params, 'installationId')))
  }
  return null
}

/** One installation: what it is, where it is attached and what is inside. */
export function Component() {
  const installationId = requireParam(useParams(), 'installationId')
  const query = useQuery(installationQueries.one(installationId))
  if (query.data) {
    return (
      // What was selected and opened belongs to one installation.
      <article key={installationId} aria-labelledby="installation-name">
        <InstallationHead installation={query.data} />
        <Attachments installation={query.data} />
        <InstallationContents installation={query.data} />
      </article>
    )
  }
  if (query.error) {
    return (
      <ErrorState
        title="The installation could not be shown"
        error={query.error}
        {...(!isRefusal(query.error) && { onRetry: () => void query.refetch() })}
        action={<TextLink to={paths.installations()}>Installed integration packs</TextLink>}
      />
    )
  }
  return <Loading lines={8} label="Loading the installation" />
}
