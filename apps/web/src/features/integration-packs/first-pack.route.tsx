import { redirect } from 'react-router'
import { packQueries } from '../../packs/pack-queries.ts'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { mayLoad } from '../../session.ts'

/** The list selects its first pack. Without packs, and when the list fails, the page itself says so. */
export async function loader() {
  if (!(await mayLoad('view-packs'))) return null
  const packs = await queryClient.query({ ...packQueries.list(), staleTime: 0 }).catch(() => [])
  const [first] = packs
  return first ? redirect(paths.pack(first.id)) : null
}

export function Component() {
  return null
}
