import type { Database, Tx } from '@packline/database/client.ts'
import { writePerson } from '@packline/domain/accounts/person-name.ts'
import { judgePassword, type PasswordRefusal } from '@packline/domain/accounts/password-rules.ts'
import { judgeResetLink, type ResetTokenRefusal } from '@packline/domain/accounts/plan-reset-password.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { leakedPasswords } from '../../platform/leaked-passwords.ts'
import { hashPassword } from '../../platform/password-hash.ts'
import { hashToken } from '../../platform/session-token.ts'
import { findMember, isInAccountOnly } from '../account-users/account-users.store.ts'
import { revokeTokensOf } from '../api-tokens/api-tokens.store.ts'
import { deleteSessionsOf } from '../sessions/sessions.store.ts'
import { deleteTwoStep } from '../sessions/two-step.store.ts'
import {
  listHomeAccounts,
  lockUser,
  markAddressProved,
  savePasswordHash,
  saveSignInState,
  type User,
} from '../users/users.store.ts'
import { endResets, findResetByToken } from './password-resets.store.ts'

export type ResetPasswordRefusal = PasswordRefusal | ResetTokenRefusal

export type ResetPasswordOutcome = { kind: 'reset' } | { kind: 'refused'; reason: ResetPasswordRefusal }

export type PasswordReset = { token: string; password: string; requestId: string }

/** Sets a new password by a link, once: all sessions of the user end, and a lock after bad sign-ins is lifted. */
export async function resetPassword(
  db: Database,
  { token, password, requestId }: PasswordReset,
): Promise<ResetPasswordOutcome> {
  const tokenHash = hashToken(token)
  const known = await findResetByToken(db, tokenHash)
  const judged = judgeResetLink(known)
  if (judged.kind === 'refused') return judged
  if (!known) return { kind: 'refused', reason: 'reset-unknown' }
  const decision = judgePassword(password, known.email, await leakedPasswords())
  if (decision.kind === 'refused') return decision
  const passwordHash = await hashPassword(password)

  return db.$transaction(async (tx) => {
    const now = await businessNow(tx)
    // Two who come by links of this user come one after the other, and the second finds its link used.
    const user = await lockUser(tx, known.userId)
    const reset = await findResetByToken(tx, tokenHash)
    const judgedAgain = judgeResetLink(reset)
    if (judgedAgain.kind === 'refused') return judgedAgain
    if (!user || !(await isStillHarmless(tx, user.id, known.shownInAccountId))) {
      return { kind: 'refused', reason: 'reset-expired' }
    }
    const revokedTokens = known.shownInAccountId === null ? await proveAddress(tx, user) : 0
    await savePasswordHash(tx, user.id, passwordHash)
    await saveSignInState(tx, user.id, { failedSignIns: 0, lockedUntil: null })
    await endResets(tx, user.id)
    const endedSessions = await deleteSessionsOf(tx, user.id)
    await auditReset(tx, user, { requestId, endedSessions, revokedTokens }, now)
    return { kind: 'reset' }
  })
}

/**
 * The link was mailed, so the address is theirs. Where nobody had shown that before, whoever made the user by a link that
 * an administrator saw may be somebody else: their second step and tokens end, as sessions and password do anyway.
 */
async function proveAddress(tx: Tx, user: User): Promise<number> {
  if (user.isAddressProved) return 0
  await markAddressProved(tx, user.id)
  await deleteTwoStep(tx, user.id)
  return revokeTokensOf(tx, user.id)
}

/** A link that an administrator was shown is for a user of their account alone; meanwhile others may have let them in. */
async function isStillHarmless(tx: Tx, userId: string, shownInAccountId: string | null) {
  if (shownInAccountId === null) return true
  const member = await findMember(tx, shownInAccountId, userId)
  return member !== undefined && isInAccountOnly(tx, shownInAccountId, userId)
}

/** Into the log of every account that has them as a user: what they may do there is in other hands otherwise. */
async function auditReset(
  tx: Tx,
  user: User,
  { requestId, ...ended }: { requestId: string; endedSessions: number; revokedTokens: number },
  now: Temporal.Instant,
) {
  const name = writePerson(user)
  for (const accountId of await listHomeAccounts(tx, user.id)) {
    await audit(tx, { userId: user.id, name, accountId, source: 'UI', requestId }, now, {
      action: 'user UPDATE PASSWORD',
      objectType: 'user',
      objectId: user.id,
      after: { by: 'link', ...ended, wasLocked: user.lockedUntil !== null },
    })
  }
}
