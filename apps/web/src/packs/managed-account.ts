import type { QueryKey } from '@tanstack/react-query'
import { queryClient } from '../query-client.ts'

const roots: ReadonlySet<unknown> = new Set(['installations', 'browse', 'environments', 'atoms'])

/** After a change of installations, attachments, environments or Atoms: whatever shows them is read again. */
export async function refreshManagedAccount() {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => roots.has(queryKey[0]) })
}

/**
 * The same after something is gone: whatever was read of it, under that key, is forgotten once no screen shows it any
 * more. Asking for it again would only be told that it is not there.
 */
export async function refreshWithout(gone: QueryKey) {
  const isGone = (key: QueryKey) => gone.every((part, place) => key[place] === part)
  forgetWhenLeft(gone)
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => roots.has(queryKey[0]) && !isGone(queryKey),
  })
}

function forgetWhenLeft(gone: QueryKey) {
  const cache = queryClient.getQueryCache()
  const forget = () => {
    const known = cache.findAll({ queryKey: gone })
    const left = known.filter((query) => query.getObserversCount() === 0)
    for (const query of left) cache.remove(query)
    return left.length === known.length
  }
  if (forget()) return
  const stop = cache.subscribe(({ type }) => {
    if (type === 'observerRemoved' && forget()) stop()
  })
}
