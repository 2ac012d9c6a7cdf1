import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { deleteUnsharedRoles, listUnsharedRoles } from '../account-users/account-users.store.ts'
import { revokeTokensWithoutAccess } from '../api-tokens/api-tokens.store.ts'
import { listWithoutAdministrator, lockAccounts } from '../roles/administrators.store.ts'

export type LostAccess = { kind: 'ended' } | { kind: 'refused'; reason: 'last-administrator' }

/**
 * Something has left a group: takes away for good what it gave and nothing else gives. Users of the accounts lose roles
 * that are not shared with them any more, never an account its last administrator; API tokens without access are
 * revoked. Sessions have ended by themselves, with the access.
 */
export async function endLostAccess(
  tx: Tx,
  actor: Actor,
  groupUserIds: readonly string[],
  now: Temporal.Instant,
): Promise<LostAccess> {
  const concerned = await listUnsharedRoles(tx, actor.accountId)
  const accountIds = [...new Set(concerned.map(({ accountId }) => accountId))].toSorted()
  if (accountIds.length > 0) {
    await lockAccounts(tx, accountIds)
    const before = await listWithoutAdministrator(tx, accountIds)
    const lost = await listUnsharedRoles(tx, actor.accountId)
    await deleteUnsharedRoles(tx, actor.accountId)
    const after = await listWithoutAdministrator(tx, accountIds)
    if (after.some((id) => !before.includes(id))) return { kind: 'refused', reason: 'last-administrator' }
    for (const { userId, accountId, roleId, name } of lost) {
      await audit(tx, actor, now, {
        accountId,
        action: 'user UPDATE ROLE',
        objectType: 'user',
        objectId: userId,
        before: { roleId, role: `${name} (shared)` },
        after: { because: 'No account group shares the role with the account any more.' },
      })
    }
  }

  const userIds = [...groupUserIds, ...concerned.map(({ userId }) => userId)]
  if (userIds.length === 0) return { kind: 'ended' }
  for (const { id, name, userId, accountId } of await revokeTokensWithoutAccess(tx, userIds)) {
    await audit(tx, actor, now, {
      accountId,
      action: 'user.token DELETE',
      objectType: 'api-token',
      objectId: id,
      before: { name, userId },
      after: { because: 'Nothing leads into the account any more.' },
    })
  }
  return { kind: 'ended' }
}
