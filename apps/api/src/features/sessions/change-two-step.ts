import type { Database, Tx } from '@packline/database/client.ts'
import { isLocked, judgeSignIn } from '@packline/domain/accounts/sign-in-lock.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditLock } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { verifyPassword } from '../../platform/password-hash.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { getUser, lockUser, saveSignInState } from '../users/users.store.ts'
import { claimCode } from './claim-code.ts'

export type ChangeTwoStepOutcome<Value> =
  | { kind: 'changed'; value: Value }
  | { kind: 'refused'; reason: 'password-or-code-wrong' | 'user-locked' | 'two-step-is-off' }

export type PasswordAndCode = { password: string; code: string }

/**
 * Changes the user's two-step sign-in when both their password and a code are right. Otherwise it counts as a bad sign-in
 * and does not say which of the two was wrong; with a wrong password or a lock no code is used up.
 */
export async function changeTwoStep<Value>(
  { db, secrets }: { db: Database; secrets: SecretBox },
  actor: Actor,
  { password, code }: PasswordAndCode,
  change: (tx: Tx, now: Temporal.Instant) => Promise<Value>,
): Promise<ChangeTwoStepOutcome<Value>> {
  const known = await getUser(db, actor.userId)
  const check = await verifyPassword(password, known.passwordHash ?? undefined)

  return db.$transaction(async (tx): Promise<ChangeTwoStepOutcome<Value>> => {
    const now = await businessNow(tx)
    const user = await lockUser(tx, actor.userId)
    if (!user?.hasSecondStep) return { kind: 'refused', reason: 'two-step-is-off' }
    const passwordMatches = check.matches && user.passwordHash === known.passwordHash
    const isLookedAt = passwordMatches && !isLocked(user, now)
    const matches = isLookedAt && (await claimCode(tx, secrets, user.id, code)) !== undefined
    const { kind, state } = judgeSignIn(user, matches, now)
    await saveSignInState(tx, user.id, state)
    await auditLock(tx, user, { state, requestId: actor.requestId, source: 'UI', now })
    if (kind === 'locked') return { kind: 'refused', reason: 'user-locked' }
    if (kind === 'wrong-password') return { kind: 'refused', reason: 'password-or-code-wrong' }
    return { kind: 'changed', value: await change(tx, now) }
  })
}
