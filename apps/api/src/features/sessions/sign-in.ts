import { setTimeout as wait } from 'node:timers/promises'
import type { Database, Tx } from '@packline/database/client.ts'
import { audit } from '../../platform/audit.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import type { User } from '../users/users.store.ts'
import { checkPassword } from './check-password.ts'
import { deleteSessionByToken, insertSession, listAccountIds } from './sessions.store.ts'

export type SignInAttempt = {
  email: string
  password: string
  /** Of the session this browser had until now; it ends. */
  formerToken: string | undefined
  userAgent: string
  address: string
  requestId: string
}

export type SignInOutcome =
  | { kind: 'signed-in'; token: string; sessionId: string }
  | { kind: 'refused'; userId: string | undefined; reason: 'unknown-user' | 'wrong-password' | 'locked' }

/** A hash takes 40 ms; writing down a bad sign-in some more, which an unknown user does not cost. */
const refusalMillis = 150

/**
 * Begins a session under a new token, or refuses after a time that does not tell whether the user exists: a password
 * is hashed in any case, and what else there was to do is hidden by waiting.
 */
export async function signIn(db: Database, attempt: SignInAttempt): Promise<SignInOutcome> {
  const startedAt = performance.now()
  const outcome = await decideSignIn(db, attempt)
  if (outcome.kind === 'refused') await wait(Math.max(0, startedAt + refusalMillis - performance.now()))
  return outcome
}

async function decideSignIn(db: Database, attempt: SignInAttempt): Promise<SignInOutcome> {
  const outcome = await checkPassword(db, attempt, (tx, user, now) => beginSession(tx, user, attempt, now))
  return outcome.kind === 'accepted' ? { kind: 'signed-in', ...outcome.value } : outcome
}

async function beginSession(tx: Tx, user: User, attempt: SignInAttempt, now: Temporal.Instant) {
  const { formerToken, userAgent, address, requestId } = attempt
  if (formerToken) await deleteSessionByToken(tx, hashToken(formerToken))

  const [accountId, ...others] = await listAccountIds(tx, user.id)
  const only = accountId !== undefined && others.length === 0 ? accountId : null
  const token = newToken()
  const session = { tokenHash: hashToken(token), userId: user.id, accountId: only, userAgent, address }
  const sessionId = await insertSession(tx, session)
  if (only !== null) {
    const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email
    await audit(tx, { userId: user.id, name, accountId: only, source: 'UI', requestId }, now, {
      action: 'account ON_ENTRY SUCCESS',
      objectType: 'account',
      objectId: only,
    })
  }
  return { token, sessionId }
}
