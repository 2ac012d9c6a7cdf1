import type { Database } from '@packline/database/client.ts'
import { judgePassword, type PasswordRefusal } from '@packline/domain/accounts/password-rules.ts'
import { judgeFirstStep } from '@packline/domain/accounts/sign-in-lock.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit, auditLock } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { leakedPasswords } from '../../platform/leaked-passwords.ts'
import { hashPassword, verifyPassword } from '../../platform/password-hash.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { getUser, lockUser, savePasswordHash, saveSignInState } from '../users/users.store.ts'
import { deleteOtherSessions, replaceToken } from './sessions.store.ts'

export type ChangePasswordRefusal = PasswordRefusal | 'current-password-wrong' | 'user-locked'

export type ChangePasswordOutcome =
  | { kind: 'changed'; token: string; endedSessions: number }
  | { kind: 'refused'; reason: ChangePasswordRefusal }

export type PasswordChange = {
  /** Of the browser it is changed in; this session goes on. */
  sessionId: string
  currentPassword: string
  newPassword: string
}

/**
 * Changes the user's password, ends all their other sessions and gives this one a new token. A wrong current password
 * counts as a bad sign-in: whoever finds a browser unattended may not guess here what the sign-in page would lock.
 */
export async function changePassword(
  db: Database,
  actor: Actor,
  { sessionId, currentPassword, newPassword }: PasswordChange,
): Promise<ChangePasswordOutcome> {
  const known = await getUser(db, actor.userId)
  const decision = judgePassword(newPassword, known.email, await leakedPasswords())
  if (decision.kind === 'refused') return decision

  const check = await verifyPassword(currentPassword, known.passwordHash ?? undefined)
  const passwordHash = check.matches ? await hashPassword(newPassword) : ''

  return db.$transaction(async (tx): Promise<ChangePasswordOutcome> => {
    const now = await businessNow(tx)
    const user = await lockUser(tx, actor.userId)
    if (!user) return { kind: 'refused', reason: 'current-password-wrong' }

    // Somebody else may have changed the password while this one was being checked.
    const matches = check.matches && user.passwordHash === known.passwordHash
    const { kind, state } = judgeFirstStep(user, matches, now)
    await saveSignInState(tx, user.id, state)
    await auditLock(tx, user, { state, requestId: actor.requestId, source: 'UI', now })
    if (kind === 'locked') return { kind: 'refused', reason: 'user-locked' }
    if (kind === 'wrong-password') return { kind: 'refused', reason: 'current-password-wrong' }

    await savePasswordHash(tx, user.id, passwordHash)
    const endedSessions = await deleteOtherSessions(tx, user.id, sessionId)
    const token = newToken()
    await replaceToken(tx, sessionId, hashToken(token))
    await audit(tx, actor, now, {
      action: 'user UPDATE PASSWORD',
      objectType: 'user',
      objectId: user.id,
      after: { endedSessions },
    })
    return { kind: 'changed', token, endedSessions }
  })
}
