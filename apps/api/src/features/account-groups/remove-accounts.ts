import type { Tx } from '@packline/database/client.ts'
import {
  planRemoveAccounts,
  type RemoveAccountsRefusal,
} from '@packline/domain/account-groups/plan-group-accounts.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { lockPacks } from '../integration-packs/integration-packs.store.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { endLostAccess } from './end-lost-access.ts'
import { deleteAccounts, listInGroup } from './group-accounts.store.ts'
import { listGroupPackIds } from './group-packs.store.ts'
import { listUserIds } from './group-users.store.ts'

export type RemoveAccountsOutcome =
  | { kind: 'removed' | 'absent' }
  | { kind: 'refused'; reason: RemoveAccountsRefusal | 'last-administrator' }

/**
 * Takes accounts out of a group: what they have installed keeps running, as when its packs were un-shared (D-4), and
 * nobody works there any more by the group alone.
 */
export async function removeAccounts(
  tx: Tx,
  actor: Actor,
  { groupId, accountIds: asked }: { groupId: string; accountIds: readonly string[] },
  now: Temporal.Instant,
): Promise<RemoveAccountsOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const inGroup = await listInGroup(tx, groupId, asked)
  const plan = planRemoveAccounts({ isDefault: group.isDefault, inGroup }, asked)
  if (plan.kind === 'refused') return plan

  const packIds = await listGroupPackIds(tx, groupId)
  await lockPacks(tx, actor.accountId, packIds)
  await deleteAccounts(tx, groupId, plan.removed)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'as.accountgroup.account DELETE',
    objectType: 'account-group',
    objectId: groupId,
    before: { group: group.name, accountIds: plan.removed },
  })
  const ended = await endLostAccess(tx, actor, await listUserIds(tx, groupId), now)
  if (ended.kind === 'refused') return ended
  await notifyChanges(tx, { packIds })
  return { kind: 'removed' }
}
