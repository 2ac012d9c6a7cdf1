import type { Tx } from '@packline/database/client.ts'
import {
  type GroupDetails,
  planEditGroup,
  type SaveGroupRefusal,
} from '@packline/domain/account-groups/plan-save-group.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockGroup, saveGroup } from './account-groups.store.ts'

/** A group to change, and whether the caller's copy of it still stands (D-21). */
export type GroupTarget = { groupId: string; isCurrent: (version: number) => boolean }

export type EditGroupOutcome =
  | { kind: 'saved' | 'absent' | 'changed-meanwhile' }
  | { kind: 'refused'; reason: SaveGroupRefusal | 'name-taken' }

/** Changes a group's name and alert level; what is not given stays, and saving the same again changes nothing. */
export async function editGroup(
  tx: Tx,
  actor: Actor,
  { groupId, isCurrent, change }: GroupTarget & { change: Partial<GroupDetails> },
  now: Temporal.Instant,
): Promise<EditGroupOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  if (!isCurrent(group.version)) return { kind: 'changed-meanwhile' }
  const plan = planEditGroup(group, change)
  if (plan.kind === 'refused') return plan

  const before = { name: group.name, autoSubscribeAlertLevel: group.autoSubscribeAlertLevel }
  const after = plan.details
  if (before.name === after.name && before.autoSubscribeAlertLevel === after.autoSubscribeAlertLevel) {
    return { kind: 'saved' }
  }
  const isSaved = await saveGroup(tx, groupId, after, { actorName: actor.name, now })
  if (!isSaved) return { kind: 'refused', reason: 'name-taken' }
  await audit(tx, actor, now, {
    action: 'as.accountgroup EDIT',
    objectType: 'account-group',
    objectId: groupId,
    before,
    after,
  })
  return { kind: 'saved' }
}
