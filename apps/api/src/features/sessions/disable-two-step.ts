import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { deleteOtherSessions, replaceToken } from './sessions.store.ts'
import { deleteTwoStep } from './two-step.store.ts'

/** A password alone signs the user in again. Their other sessions end, and this one gets the token that is returned. */
export async function disableTwoStep(
  tx: Tx,
  actor: Actor,
  sessionId: string,
  now: Temporal.Instant,
): Promise<string> {
  await deleteTwoStep(tx, actor.userId)
  const endedSessions = await deleteOtherSessions(tx, actor.userId, sessionId)
  const token = newToken()
  await replaceToken(tx, sessionId, hashToken(token))
  await audit(tx, actor, now, {
    action: 'user TWO_STEP OFF',
    objectType: 'user',
    objectId: actor.userId,
    after: { endedSessions },
  })
  return token
}
