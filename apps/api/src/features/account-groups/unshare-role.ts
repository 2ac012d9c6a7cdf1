import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { endLostAccess } from './end-lost-access.ts'
import { deleteRole } from './group-roles.store.ts'

export type UnshareRoleOutcome =
  | { kind: 'unshared' | 'absent' | 'role-absent' }
  | { kind: 'refused'; reason: 'last-administrator' }

/** Takes a custom role out of a group: its accounts give it to nobody any more, and whoever had it by that loses it. */
export async function unshareRole(
  tx: Tx,
  actor: Actor,
  { groupId, roleId }: { groupId: string; roleId: string },
  now: Temporal.Instant,
): Promise<UnshareRoleOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const name = await deleteRole(tx, groupId, roleId)
  if (name === undefined) return { kind: 'role-absent' }
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'as.accountgroup.resource DELETE NONE',
    objectType: 'account-group',
    objectId: groupId,
    before: { group: group.name, roleId, role: name },
  })
  const ended = await endLostAccess(tx, actor, [], now)
  return ended.kind === 'refused' ? ended : { kind: 'unshared' }
}
