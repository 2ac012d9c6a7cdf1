import type { Database, Tx } from '@packline/database/client.ts'
import { isLocked, judgeSignIn } from '@packline/domain/accounts/sign-in-lock.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditLock } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { lockUser, saveSignInState, type User } from '../users/users.store.ts'
import { claimCode } from './claim-code.ts'

type CodeShown = { code: string; requestId: string; source: Actor['source'] }

type CodeDecision =
  | { kind: 'accepted'; taken: 'one-time' | 'recovery' }
  | { kind: 'refused'; reason: 'wrong-code' | 'locked' }

/**
 * Takes the code that follows a right password, of a user whom the caller has locked. A wrong one counts as a bad sign-in;
 * while sign-in is locked no code is looked at, so none is used up.
 */
export async function judgeCode(
  tx: Tx,
  secrets: SecretBox,
  { user, code, ...request }: CodeShown & { user: User },
  now: Temporal.Instant,
): Promise<CodeDecision> {
  const taken = isLocked(user, now) ? undefined : await claimCode(tx, secrets, user.id, code)
  const { kind, state } = judgeSignIn(user, taken !== undefined, now)
  await saveSignInState(tx, user.id, state)
  await auditLock(tx, user, { state, ...request, now })
  if (taken !== undefined) return { kind: 'accepted', taken }
  return { kind: 'refused', reason: kind === 'locked' ? kind : 'wrong-code' }
}

/** For scripts, which show their code beside the password: is it right? It counts once, as at the sign-in. */
export function checkCode(
  db: Database,
  secrets: SecretBox,
  { userId, ...shown }: CodeShown & { userId: string },
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) return false
    const { kind } = await judgeCode(tx, secrets, { user, ...shown }, await businessNow(tx))
    return kind === 'accepted'
  })
}
