import type { Database } from '@packline/database/client.ts'
import { hashToken } from '../../platform/session-token.ts'
import { saveSignedIn } from '../users/users.store.ts'
import { checkPassword, refusingSlowly } from './check-password.ts'
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
  | { kind: 'refused'; userId: string | undefined; reason: 'unknown-user' | 'wrong-password' | 'locked' }

/**
 * Begins a session under a new token, or refuses after a time that does not tell whether the user exists: a password
 * is hashed in any case, and what else there was to do is hidden by waiting.
 */
export const signIn = (db: Database, attempt: SignInAttempt): Promise<SignInOutcome> =>
  refusingSlowly(() => decideSignIn(db, attempt))

async function decideSignIn(db: Database, attempt: SignInAttempt): Promise<SignInOutcome> {
  const { formerToken, userAgent, address, requestId, acceptLanguage } = attempt
  const formerTokenHash = formerToken === undefined ? undefined : hashToken(formerToken)
  const session = { formerTokenHash, userAgent, address, requestId, signedInBy: 'password' } as const
  const outcome = await checkPassword(db, { ...attempt, source: 'UI' }, async (tx, user, now) => {
    await saveSignedIn(tx, user.id, { now, acceptLanguage })
    return startSession(tx, user, session, now)
  })
  return outcome.kind === 'accepted' ? { kind: 'signed-in', ...outcome.value } : outcome
}
