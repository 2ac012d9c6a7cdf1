import { type LoaderFunctionArgs, redirect } from 'react-router'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'
import { environmentQueries } from './atoms.queries.ts'

/** The list selects its first environment. Without any, and when the list fails, the page itself says so. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await mayLoad('view-environments'))) return null
  const list = await queryClient
    .query({ ...environmentQueries.list({ filter: '', status: null }), staleTime: 0 })
    .catch(() => null)
  const environment = list?.environments[0]
  const atom = list?.unattachedAtoms[0]
  const { search } = new URL(request.url)
  if (environment) return redirect(paths.environment(environment.id) + search)
  return atom ? redirect(paths.atom(atom.id) + search) : null
}

export function Component() {
  return null
}
