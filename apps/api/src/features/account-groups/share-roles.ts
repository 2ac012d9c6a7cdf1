import type { Tx } from '@packline/database/client.ts'
import { planShareRoles, type ShareRolesRefusal } from '@packline/domain/account-groups/plan-share-roles.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { insertRoles, listRolesToShare } from './group-roles.store.ts'

export type ShareRolesOutcome =
  | { kind: 'shared'; roleIds: readonly string[] }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: ShareRolesRefusal }

/** Lets the accounts of a group give custom roles of the primary account to their own users. */
export async function shareRoles(
  tx: Tx,
  actor: Actor,
  { groupId, roleIds: asked }: { groupId: string; roleIds: readonly string[] },
  now: Temporal.Instant,
): Promise<ShareRolesOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const roles = await listRolesToShare(tx, actor.accountId, { groupId, roleIds: asked })
  const plan = planShareRoles(roles, asked)
  if (plan.kind === 'refused') return plan
  const { roleIds } = plan
  if (roleIds.length === 0) return { kind: 'shared', roleIds }

  await insertRoles(tx, groupId, roleIds)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  for (const { id, name } of roles.filter((role) => roleIds.includes(role.id))) {
    await audit(tx, actor, now, {
      action: 'as.accountgroup.resource ADD NONE',
      objectType: 'account-group',
      objectId: groupId,
      after: { group: group.name, roleId: id, role: name },
    })
  }
  return { kind: 'shared', roleIds }
}
