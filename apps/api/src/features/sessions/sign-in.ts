import { setTimeout as wait } from 'node:timers/promises'
import type { Database, Tx } from '@packline/database/client.ts'
import { judgeSignIn } from '@packline/domain/accounts/sign-in-lock.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { hashPassword, verifyPassword } from '../../platform/password-hash.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import {
  findUserByEmail,
  lockUser,
  savePasswordHash,
  saveSignedIn,
  saveSignInState,
  type User,
} from '../users/users.store.ts'
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

/** The password is hashed outside the transaction; whoever changed it meanwhile wins. */
async function decideSignIn(db: Database, attempt: SignInAttempt): Promise<SignInOutcome> {
  const known = await findUserByEmail(db, cleanLine(attempt.email))
  const check = await verifyPassword(attempt.password, known?.passwordHash ?? undefined)
  const newHash = check.matches && check.isOutdated ? await hashPassword(attempt.password) : undefined
  if (!known) return { kind: 'refused', userId: undefined, reason: 'unknown-user' }

  return db.$transaction(async (tx): Promise<SignInOutcome> => {
    const now = await businessNow(tx)
    const user = await lockUser(tx, known.id)
    if (!user) return { kind: 'refused', userId: undefined, reason: 'unknown-user' }

    const matches = check.matches && user.passwordHash === known.passwordHash
    const decision = judgeSignIn(user, matches, now)
    await saveSignInState(tx, user.id, decision.state)
    if (decision.kind !== 'accepted') return { kind: 'refused', userId: user.id, reason: decision.kind }

    await saveSignedIn(tx, user.id, now)
    if (newHash) await savePasswordHash(tx, user.id, newHash)
    return { kind: 'signed-in', ...(await beginSession(tx, user, attempt, now)) }
  })
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
