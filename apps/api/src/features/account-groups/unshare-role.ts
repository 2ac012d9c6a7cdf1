import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockGroup } from './account-groups.store.ts'
import { deleteRole } from './group-roles.store.ts'

/** Takes a custom role out of a group: its accounts give it to nobody any more. */
export async function unshareRole(
  tx: Tx,
  actor: Actor,
  { groupId, roleId }: { groupId: string; roleId: string },
  now: Temporal.Instant,
): Promise<{ kind: 'unshared' | 'absent' | 'role-absent' }> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const name = await deleteRole(tx, groupId, roleId)
  if (name === undefined) return { kind: 'role-absent' }
  await audit(tx, actor, now, {
    action: 'as.accountgroup.resource DELETE NONE',
    objectType: 'account-group',
    objectId: groupId,
    before: { group: group.name, roleId, role: name },
  })
  return { kind: 'unshared' }
}
