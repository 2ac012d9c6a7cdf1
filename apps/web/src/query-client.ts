import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type QueryExecuteOptions,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { ApiProblem } from './lib/api-problem.ts'

/** Kept here and not in session.ts, because the client itself must know where the session lies. */
export const sessionKey = ['session'] as const

/**
 * An ended session empties the cached one; the shell then shows sign-in and comes back to the same address. That an
 * account was suspended meanwhile, or requires two-step sign-in by now, the session says itself.
 */
function noticeEndOfSession(error: unknown) {
  if (!(error instanceof ApiProblem)) return
  if (error.code === 'not-signed-in') queryClient.setQueryData(sessionKey, null)
  if (error.code === 'account-suspended' || error.code === 'two-step-required')
    void queryClient.invalidateQueries({ queryKey: sessionKey })
}

const mayPass = (error: unknown) => !(error instanceof ApiProblem) || error.status >= 500

/** What is being removed, by the beginnings of the keys under which it is read. */
const leaving = new Set<QueryKey>()
const isUnder = (beginning: QueryKey, key: QueryKey) => beginning.every((part, place) => key[place] === part)

const isAsked = ({ queryKey }: { queryKey: QueryKey }) =>
  ![...leaving].some((beginning) => isUnder(beginning, queryKey))

/** For `enabled` of what can be removed: asked for only while it is wanted, and not while it goes. */
export const askedWhile =
  (isWanted: boolean) =>
  (query: { queryKey: QueryKey }): boolean =>
    isWanted && isAsked(query)

/**
 * Asks again also for what is being loaded for the first time, as soon as it is there: the answer that is under way may
 * have been read before the change, and TanStack Query takes it for new.
 */
class ThoroughQueryClient extends QueryClient {
  override async invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const first = this.getQueryCache()
      .findAll(filters)
      .filter(({ state }) => state.data === undefined && state.fetchStatus === 'fetching')
    const underWay = Promise.allSettled(first.map(async ({ promise }) => promise))
    await super.invalidateQueries(filters, options)
    if (first.length === 0) return
    await underWay
    await super.invalidateQueries({ predicate: (query) => first.includes(query) }, options)
  }
}

export const queryClient: QueryClient = new ThoroughQueryClient({
  queryCache: new QueryCache({ onError: noticeEndOfSession }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      enabled: isAsked,
      // Refusals stay refusals; only what may pass by itself is asked again.
      retry: (failures, error) => failures < 2 && mayPass(error),
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** For route loaders: starts loading what the screen will read, without holding up the screen. */
export function prefetch<Data, Key extends QueryKey>(
  options: QueryExecuteOptions<Data, Error, Data, Data, Key>,
) {
  // The screen's own useQuery finds the same failure and shows it.
  queryClient.query(options).catch(() => undefined)
}

/**
 * Removes something that is read under this key. From before it goes nobody asks for it any more, not the screen that
 * still shows it, nor a poll, nor a hint that it has changed: all would only be told that it is not there. Where it
 * could not be removed, it is asked for again.
 */
export async function remove<Result>(key: QueryKey, send: () => Promise<Result>): Promise<Result> {
  leaving.add(key)
  await stopAsking(key)
  try {
    return await send()
  } catch (error) {
    leaving.delete(key)
    void queryClient.invalidateQueries({ queryKey: key })
    throw error
  }
}

async function stopAsking(queryKey: QueryKey) {
  await queryClient.cancelQueries({ queryKey })
  // Those that poll look up whether they still may when something of theirs changes.
  for (const query of queryClient.getQueryCache().findAll({ queryKey })) query.setState({})
}

/** Forgets what was removed once no screen shows it any more. */
export function forgetRemoved(queryKey: QueryKey) {
  const cache = queryClient.getQueryCache()
  const forget = () => {
    const known = cache.findAll({ queryKey })
    const left = known.filter((query) => query.getObserversCount() === 0)
    for (const query of left) cache.remove(query)
    if (left.length < known.length) return false
    for (const beginning of leaving) if (isUnder(queryKey, beginning)) leaving.delete(beginning)
    return true
  }
  if (forget()) return
  const stop = cache.subscribe(({ type }) => {
    if (type === 'observerRemoved' && forget()) stop()
  })
}
