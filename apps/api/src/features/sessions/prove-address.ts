import type { Tx } from '@packline/database/client.ts'
import { audit } from '../../platform/audit.ts'
import { listHomeAccounts } from '../account-users/account-users.store.ts'
import { revokeTokensOf } from '../api-tokens/api-tokens.store.ts'
import { markAddressProved, type User } from '../users/users.store.ts'
import { deleteSessionsOf } from './sessions.store.ts'

/**
 * Somebody has just shown that a user's address is theirs. Where nobody had shown that before, whoever made the user by a
 * link that an administrator saw may be somebody else: what they could come back with ends, password, sessions and tokens.
 */
export async function proveAddress(tx: Tx, user: User, requestId: string, now: Temporal.Instant) {
  if (user.isAddressProved) return
  await markAddressProved(tx, user.id)
  const after = {
    by: 'proof of the address',
    endedSessions: await deleteSessionsOf(tx, user.id),
    revokedTokens: await revokeTokensOf(tx, user.id),
  }
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email
  for (const accountId of await listHomeAccounts(tx, user.id)) {
    await audit(tx, { userId: user.id, name, accountId, source: 'UI', requestId }, now, {
      action: 'user UPDATE PASSWORD',
      objectType: 'user',
      objectId: user.id,
      after,
    })
  }
}
