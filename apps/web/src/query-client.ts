import {
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
 * account was suspended meanwhile, the session says itself.
 */
function noticeEndOfSession(error: unknown) {
  if (!(error instanceof ApiProblem)) return
  if (error.code === 'not-signed-in') queryClient.setQueryData(sessionKey, null)
  if (error.code === 'account-suspended') void queryClient.invalidateQueries({ queryKey: sessionKey })
}

const mayPass = (error: unknown) => !(error instanceof ApiProblem) || error.status >= 500

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEndOfSession }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
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
