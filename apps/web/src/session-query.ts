import type { SessionView } from '@packline/contract/session.ts'
import { queryOptions } from '@tanstack/react-query'
import { redirect } from 'react-router'
import { api } from './api.ts'
import { hasCode } from './lib/api-problem.ts'
import { nextTask } from './lib/next-task.ts'
import { paths } from './paths.ts'
import { queryClient, sessionKey } from './query-client.ts'

/** Who is signed in, or null. Asked again when the window comes back, since another tab may have changed it. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    const before = queryClient.getQueryData<SessionView | null>(sessionKey)
    const session = await api.getSession(signal).catch((error: unknown) => {
      if (hasCode(error, 'not-signed-in')) return null
      throw error
    })
    if (before && !isSamePlace(before, session)) forgetAccountData()
    return session
  },
})

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => api.about(signal),
})

const isSamePlace = (a: SessionView, b: SessionView | null) =>
  a.user.id === b?.user.id && a.account?.id === b.account?.id

/** Everything cached belongs to one user in one account. */
export function forgetAccountData() {
  queryClient.removeQueries({
    predicate: ({ queryKey }) => !['session', 'about'].includes(String(queryKey[0])),
  })
}

/** The session as known, asked for once. */
export const cachedSession = () => queryClient.query({ ...sessionQuery, staleTime: 'static' })

/** Reads the session anew, after signing in, out, or choosing an account. */
export const refreshSession = () => queryClient.query({ ...sessionQuery, staleTime: 0 })

/** Works in another account from here on. Nothing of the account before stays in the cache. */
export async function switchAccount(accountId: string) {
  const session = await api.chooseAccount(accountId)
  forgetAccountData()
  queryClient.setQueryData(sessionKey, session)
}

/** Route middleware: sends to sign-in, the choice of an account or a second step, and back to this address afterwards. */
export async function requireAccount({ request }: { request: Request }) {
  const { pathname, search } = new URL(request.url)
  // Asking takes a phone a while, and when the app starts this is called by what takes longest.
  if (queryClient.getQueryData(sessionKey) === undefined) await nextTask()
  const session = await cachedSession()
  if (session?.account && !session.account.lacksTwoStep) return
  const here = pathname + search
  // oxlint-disable-next-line typescript/only-throw-error -- the router takes a thrown Response as the way to go elsewhere.
  throw redirect(
    !session ? paths.signIn(here) : session.account ? paths.twoStepRequired(here) : paths.chooseAccount(here),
  )
}
