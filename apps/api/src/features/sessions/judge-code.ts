import type { Tx } from '@packline/database/client.ts'
import { isLocked, judgeSignIn } from '@packline/domain/accounts/sign-in-lock.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditLock } from '../../platform/audit.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { saveSignInState, type User } from '../users/users.store.ts'
import { claimCode } from './claim-code.ts'

export type CodeDecision =
  | { kind: 'accepted'; taken: 'one-time' | 'recovery' }
  | { kind: 'refused'; reason: 'wrong-code' | 'locked' }

/**
 * Takes the code that follows a right password, of a user whom the caller has locked. A wrong one counts as a bad sign-in;
 * while sign-in is locked no code is looked at, so none is used up.
 */
export async function judgeCode(
  tx: Tx,
  secrets: SecretBox,
  { user, code, ...request }: { user: User; code: string; requestId: string; source: Actor['source'] },
  now: Temporal.Instant,
): Promise<CodeDecision> {
  const taken = isLocked(user, now) ? undefined : await claimCode(tx, secrets, user.id, code)
  const { kind, state } = judgeSignIn(user, taken !== undefined, now)
  await saveSignInState(tx, user.id, state)
  await auditLock(tx, user, { state, ...request, now })
  if (taken !== undefined) return { kind: 'accepted', taken }
  return { kind: 'refused', reason: kind === 'locked' ? kind : 'wrong-code' }
}
