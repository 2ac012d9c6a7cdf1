import type { Tx } from '@packline/database/client.ts'
import {
  type AddAccountsRefusal,
  planAddAccounts,
} from '@packline/domain/account-groups/plan-group-accounts.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { listBehind, requestCatchUp } from '../installations/sharing-catch-ups.store.ts'
import { lockPacks } from '../integration-packs/integration-packs.store.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { insertAccounts, listInGroup, listManagedOf } from './group-accounts.store.ts'
import { listGroupPackIds } from './group-packs.store.ts'

export type AddAccountsOutcome =
  | { kind: 'added'; accountIds: readonly string[] }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: AddAccountsRefusal }

/** Puts managed accounts into a group: its packs, users and shared roles are theirs from now on. */
export async function addAccounts(
  tx: Tx,
  actor: Actor,
  { groupId, accountIds: asked }: { groupId: string; accountIds: readonly string[] },
  now: Temporal.Instant,
): Promise<AddAccountsOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const plan = planAddAccounts(
    {
      isDefault: group.isDefault,
      managed: await listManagedOf(tx, actor.accountId, asked),
      inGroup: await listInGroup(tx, groupId, asked),
    },
    asked,
  )
  if (plan.kind === 'refused') return plan
  const accountIds = plan.added
  if (accountIds.length === 0) return { kind: 'added', accountIds }

  const packIds = await listGroupPackIds(tx, groupId)
  await lockPacks(tx, actor.accountId, packIds)
  await insertAccounts(tx, groupId, accountIds)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'as.accountgroup.account ADD',
    objectType: 'account-group',
    objectId: groupId,
    after: { group: group.name, accountIds },
  })
  const behind = await listBehind(tx, packIds, accountIds)
  if (behind.length > 0) {
    await requestCatchUp(tx, behind, now)
    await notifyReleaseJob(tx)
  }
  await notifyChanges(tx, { packIds })
  return { kind: 'added', accountIds }
}
