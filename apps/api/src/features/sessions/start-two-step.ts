import type { Database } from '@packline/database/client.ts'
import { judgeFirstStep } from '@packline/domain/accounts/sign-in-lock.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditLock } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { keyAddress, keyContext, newCodeKey } from '../../platform/one-time-code.ts'
import { verifyPassword } from '../../platform/password-hash.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { getUser, lockUser, saveSignInState } from '../users/users.store.ts'
import { saveWaitingKey } from './two-step.store.ts'

export type StartTwoStepOutcome =
  | { kind: 'started'; key: string; address: string }
  | { kind: 'refused'; reason: 'password-wrong' | 'user-locked' | 'two-step-is-on' }

/**
 * Makes a key for one-time codes. Nothing changes yet: the first code has to show that an authenticator app has it. A
 * wrong password counts as a bad sign-in, as where it is changed.
 */
export async function startTwoStep(
  db: Database,
  secrets: SecretBox,
  actor: Actor,
  password: string,
): Promise<StartTwoStepOutcome> {
  const known = await getUser(db, actor.userId)
  const check = await verifyPassword(password, known.passwordHash ?? undefined)

  return db.$transaction(async (tx): Promise<StartTwoStepOutcome> => {
    const now = await businessNow(tx)
    const user = await lockUser(tx, actor.userId)
    if (!user) return { kind: 'refused', reason: 'password-wrong' }
    const matches = check.matches && user.passwordHash === known.passwordHash
    const { kind, state } = judgeFirstStep(user, matches, now)
    await saveSignInState(tx, user.id, state)
    await auditLock(tx, user, { state, requestId: actor.requestId, source: 'UI', now })
    if (kind === 'locked') return { kind: 'refused', reason: 'user-locked' }
    if (kind === 'wrong-password') return { kind: 'refused', reason: 'password-wrong' }
    if (user.hasSecondStep) return { kind: 'refused', reason: 'two-step-is-on' }

    const key = newCodeKey()
    await saveWaitingKey(tx, user.id, secrets.seal(key, keyContext(user.id)))
    return { kind: 'started', key, address: keyAddress(key, user.email) }
  })
}
