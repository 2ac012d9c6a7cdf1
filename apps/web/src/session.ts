import type { SessionView } from '@packline/contract/session.ts'
import { type Action, mayDo, type Permission } from '@packline/domain/access/actions.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { redirect } from 'react-router'
import { api } from './api.ts'
import { hasCode } from './lib/api-problem.ts'
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

/** The session of someone who works in an account. Only below the shell, which shows sign-in otherwise. */
export function useSession() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  if (!session?.account) throw new Error('This screen is shown inside the shell only')
  return { ...session, account: session.account }
}

export const useMaybeSession = () => useQuery(sessionQuery).data ?? null

/** May the user do this here, and if not, in which words is it explained? The server decides again. */
export function usePermission(action: Action): Permission {
  return permissionOf(useSession(), action)
}

export function permissionOf(session: SessionView, action: Action): Permission {
  return mayDo(action, {
    // The server sends names out of the same tables; one it does not know grants nothing.
    privileges: new Set(session.privileges as Privilege[]),
    features: new Set((session.account?.features ?? []) as AccountFeature[]),
  })
}

/** Route middleware: sends to sign-in or to the choice of an account, and back to this address afterwards. */
export async function requireAccount({ request }: { request: Request }) {
  const { pathname, search } = new URL(request.url)
  const session = await cachedSession()
  // The router takes a thrown Response as the way to go elsewhere.
  // oxlint-disable-next-line typescript/only-throw-error
  if (!session) throw redirect(paths.signIn(pathname + search))
  // oxlint-disable-next-line typescript/only-throw-error
  if (!session.account) throw redirect(paths.chooseAccount(pathname + search))
}
