import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { revokeApiToken } from './api-tokens.store.ts'

/** Ends a token of one's own at once, also one for another account; false when there is no such token any more. */
export async function revokeToken(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  tokenId: string,
): Promise<boolean> {
  const revoked = await revokeApiToken(tx, { userId: actor.userId, tokenId })
  if (!revoked) return false
  const { accountId, ...before } = revoked
  await audit(tx, actor, now, {
    accountId,
    action: 'user.token DELETE',
    objectType: 'api-token',
    objectId: tokenId,
    before,
  })
  return true
}
