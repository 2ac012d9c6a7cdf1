import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { endLostAccess } from './end-lost-access.ts'
import { listGroupUserRoles, saveGroupUser } from './group-users.store.ts'

/** Takes a user out of a group, with the tokens that only it gave access to. */
export async function removeGroupUser(
  tx: Tx,
  actor: Actor,
  { groupId, userId }: { groupId: string; userId: string },
  now: Temporal.Instant,
): Promise<{ kind: 'removed' | 'absent' | 'user-absent' }> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const roles = await listGroupUserRoles(tx, groupId, userId)
  if (roles.length === 0) return { kind: 'user-absent' }

  await saveGroupUser(tx, { groupId, userId, roleIds: [] }, now)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'as.accountgroup.user DELETE NONE',
    objectType: 'account-group',
    objectId: groupId,
    before: { group: group.name, userId, roles: roles.map(({ name }) => name) },
  })
  await endLostAccess(tx, actor, [userId], now)
  return { kind: 'removed' }
}
