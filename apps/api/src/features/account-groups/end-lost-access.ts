import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { revokeTokensWithoutAccess } from '../api-tokens/api-tokens.store.ts'

/**
 * Revokes what these users were given through a group, where no other way leads into the account any more: their API
 * tokens. Their sessions there have ended by themselves, with the access.
 */
export async function endLostAccess(tx: Tx, actor: Actor, userIds: readonly string[], now: Temporal.Instant) {
  if (userIds.length === 0) return
  for (const { id, name, userId, accountId } of await revokeTokensWithoutAccess(tx, userIds)) {
    await audit(tx, actor, now, {
      accountId,
      action: 'user.token DELETE',
      objectType: 'api-token',
      objectId: id,
      before: { name, userId },
      after: { because: 'No account group leads into the account any more.' },
    })
  }
}
