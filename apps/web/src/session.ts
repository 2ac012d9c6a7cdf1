import type { SessionView } from '@packline/contract/session.ts'
import { type Action, mayDo, type Permission } from '@packline/domain/access/actions.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import { createContext, use } from 'react'
import { deviceZone } from './lib/dates.ts'
import { cachedSession } from './session-query.ts'

/** The session of someone who works in an account. */
export type SessionInside = SessionView & { account: NonNullable<SessionView['account']> }

export const isInside = (session: SessionView): session is SessionInside => session.account !== null

/**
 * Given by the shell, which alone asks for it: every line of a table has times on the reader's clock, and one that asks
 * for itself takes longer to draw than all it shows.
 */
export const SessionContext = createContext<SessionInside | undefined>(undefined)

/** Only below the shell, which shows sign-in otherwise. */
export function useSession(): SessionInside {
  const session = use(SessionContext)
  if (!session) throw new Error('This screen is shown inside the shell only')
  return session
}

/** The zone on whose clock this user reads instants: the saved one, or the device's until one is saved. */
export const useReaderZone = () => useSession().user.timeZone ?? deviceZone()

/** May the user do this here, and if not, in which words is it explained? The server decides again. */
export function usePermission(action: Action): Permission {
  return permissionOf(useSession(), action)
}

/** For route loaders: is there any point in loading? Whoever may not see a screen is told so by the screen itself. */
export async function mayLoad(action: Action): Promise<boolean> {
  const session = await cachedSession()
  return session !== null && permissionOf(session, action).kind === 'allowed'
}

export function permissionOf(session: SessionView, action: Action): Permission {
  return mayDo(action, {
    // The server sends names out of the same tables; one it does not know grants nothing.
    privileges: new Set(session.privileges as Privilege[]),
    features: new Set((session.account?.features ?? []) as AccountFeature[]),
  })
}
