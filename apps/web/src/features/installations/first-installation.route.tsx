import { type LoaderFunctionArgs, redirect } from 'react-router'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { installationQueries } from './installations.queries.ts'

/** The list selects its first installation. Without any, and when the list fails, the page itself says so. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-installations'))) return null
  const installations = await queryClient
    .query({ ...installationQueries.list(), staleTime: 0 })
    .catch(() => [])
  const [first] = installations
  return first ? redirect(paths.installation(first.id) + new URL(request.url).search) : null
}

export function Component() {
  return null
}
