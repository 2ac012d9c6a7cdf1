import type { Tx } from '@packline/database/client.ts'
import type { SignedIn } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { endSession } from './sessions.store.ts'

/** Signs the user out on another device, or on this one; false when there is no such session of theirs. */
export async function revokeSession(
  tx: Tx,
  signedIn: SignedIn,
  sessionId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const ended = await endSession(tx, signedIn.userId, sessionId)
  if (!ended) return false
  const { accountId, userAgent, address } = ended
  // A session that has not chosen an account is in nobody's log.
  if (accountId !== null) {
    await audit(tx, { ...signedIn, accountId, source: 'UI' }, now, {
      action: 'user.session DELETE',
      objectType: 'user',
      objectId: signedIn.userId,
      before: { userAgent, address },
    })
  }
  return true
}
