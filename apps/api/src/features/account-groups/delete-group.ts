import type { Tx } from '@packline/database/client.ts'
import {
  type DeleteGroupRefusal,
  whyNotDeleteGroup,
} from '@packline/domain/account-groups/plan-save-group.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { lockPacks } from '../integration-packs/integration-packs.store.ts'
import { deleteGroupRow, lockGroup } from './account-groups.store.ts'
import type { GroupTarget } from './edit-group.ts'
import { endLostAccess } from './end-lost-access.ts'
import { listInGroup } from './group-accounts.store.ts'
import { listGroupPackIds } from './group-packs.store.ts'
import { listUserIds } from './group-users.store.ts'

export type DeleteGroupOutcome =
  | { kind: 'deleted' | 'absent' | 'changed-meanwhile' }
  | { kind: 'refused'; reason: DeleteGroupRefusal | 'last-administrator' }

/** Deletes a group, which acts as un-sharing each of its packs (D-23) and takes away what it gave its users. */
export async function deleteGroup(
  tx: Tx,
  actor: Actor,
  { groupId, isCurrent }: GroupTarget,
  now: Temporal.Instant,
): Promise<DeleteGroupOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const reason = whyNotDeleteGroup(group)
  if (reason !== null) return { kind: 'refused', reason }
  if (!isCurrent(group.version)) return { kind: 'changed-meanwhile' }

  const packIds = await listGroupPackIds(tx, groupId)
  const packs = await lockPacks(tx, actor.accountId, packIds)
  const accountIds = await listInGroup(tx, groupId)
  const userIds = await listUserIds(tx, groupId)
  await deleteGroupRow(tx, groupId)
  for (const { id, name } of packs) {
    await audit(tx, actor, now, {
      action: 'as.accountgroup.resource DELETE NONE',
      objectType: 'account-group',
      objectId: groupId,
      before: { group: group.name, packId: id, pack: name },
    })
  }
  await audit(tx, actor, now, {
    action: 'as.accountgroup DELETE',
    objectType: 'account-group',
    objectId: groupId,
    before: {
      name: group.name,
      autoSubscribeAlertLevel: group.autoSubscribeAlertLevel,
      accountIds,
      userIds,
      packIds,
    },
  })
  const ended = await endLostAccess(tx, actor, userIds, now)
  if (ended.kind === 'refused') return ended
  await notifyChanges(tx, { packIds })
  return { kind: 'deleted' }
}
