import type { Database } from '@packline/database/client.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { saveSignedIn } from '../users/users.store.ts'
import { checkPassword, refusingSlowly } from './check-password.ts'
import { insertTicket } from './sign-in-tickets.store.ts'
import { startSession } from './start-session.ts'

export type SignInAttempt = {
  email: string
  password: string
  /** Of the session this browser had until now; it ends. */
  formerToken: string | undefined
  userAgent: string
  acceptLanguage: string | undefined
  address: string
  requestId: string
}

export type SignInOutcome =
  | { kind: 'signed-in'; token: string; sessionId: string }
  /** The password was right; the ticket is for whoever brings the code. */
  | { kind: 'code-needed'; ticket: string }
  | { kind: 'refused'; userId: string | undefined; reason: 'unknown-user' | 'wrong-password' | 'locked' }

/**
 * Begins a session under a new token, or asks for a code first, or refuses after a time that does not tell whether the
 * user exists: a password is hashed in any case, and what else there was to do is hidden by waiting.
 */
export const signIn = (db: Database, attempt: SignInAttempt): Promise<SignInOutcome> =>
  refusingSlowly(() => decideSignIn(db, attempt))

async function decideSignIn(db: Database, attempt: SignInAttempt): Promise<SignInOutcome> {
  const { formerToken, userAgent, address, requestId, acceptLanguage } = attempt
  const formerTokenHash = formerToken === undefined ? undefined : hashToken(formerToken)
  const session = { formerTokenHash, userAgent, address, requestId, signedInBy: 'password' } as const
  const shown = { ...attempt, source: 'UI' } as const
  const outcome = await checkPassword(db, shown, async (tx, user, now): Promise<SignInOutcome> => {
    if (user.hasSecondStep) {
      const ticket = newToken()
      await insertTicket(tx, hashToken(ticket), user.id)
      return { kind: 'code-needed', ticket }
    }
    await saveSignedIn(tx, user.id, { now, acceptLanguage })
    return { kind: 'signed-in', ...(await startSession(tx, user, session, now)) }
  })
  return outcome.kind === 'accepted' ? outcome.value : outcome
}
