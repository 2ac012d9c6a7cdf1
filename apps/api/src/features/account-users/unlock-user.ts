import type { Tx } from '@packline/database/client.ts'
import { isLocked } from '@packline/domain/accounts/sign-in-lock.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockUser, saveSignInState } from '../users/users.store.ts'
import { findMember } from './account-users.store.ts'

/** Lets a user of the account sign in again at once after too many bad sign-ins; false when there is no such user. */
export async function unlockUser(
  tx: Tx,
  actor: Actor,
  userId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const member = await findMember(tx, actor.accountId, userId)
  const user = member && (await lockUser(tx, userId))
  if (!user) return false
  if (!isLocked(user, now)) return true

  await saveSignInState(tx, userId, { failedSignIns: 0, lockedUntil: null })
  await audit(tx, actor, now, {
    action: 'user UNLOCK',
    objectType: 'user',
    objectId: userId,
    before: { email: user.email, lockedUntil: user.lockedUntil?.toString() },
  })
  return true
}
