import type { Tx } from '@packline/database/client.ts'
import {
  type GroupDetails,
  planCreateGroup,
  type SaveGroupRefusal,
} from '@packline/domain/account-groups/plan-save-group.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { insertGroup } from './account-groups.store.ts'

export type CreateGroupOutcome =
  | { kind: 'created'; groupId: string }
  | { kind: 'refused'; reason: SaveGroupRefusal | 'name-taken' }

/** Creates an account group, empty. */
export async function createGroup(
  tx: Tx,
  actor: Actor,
  draft: GroupDetails,
  now: Temporal.Instant,
): Promise<CreateGroupOutcome> {
  const plan = planCreateGroup(draft)
  if (plan.kind === 'refused') return plan
  const groupId = await insertGroup(tx, actor.accountId, plan.details, { actorName: actor.name, now })
  if (groupId === undefined) return { kind: 'refused', reason: 'name-taken' }
  await audit(tx, actor, now, {
    action: 'as.accountgroup ADD',
    objectType: 'account-group',
    objectId: groupId,
    after: plan.details,
  })
  return { kind: 'created', groupId }
}
