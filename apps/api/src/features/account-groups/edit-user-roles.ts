import type { Tx } from '@packline/database/client.ts'
import { privilegesNotHeld } from '@packline/domain/access/give-roles.ts'
import { planGroupUserRoles } from '@packline/domain/account-groups/plan-group-user.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import type { GroupUserOutcome } from './add-user.ts'
import { listGroupUserRoles, saveGroupUser } from './group-users.store.ts'

/** Gives a user of a group other roles. Only roles that are new to them must be within the giver's own privileges. */
export async function editUserRoles(
  tx: Tx,
  actor: Actor,
  { groupId, userId, roleIds: asked }: { groupId: string; userId: string; roleIds: readonly string[] },
  now: Temporal.Instant,
): Promise<GroupUserOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const before = await listGroupUserRoles(tx, groupId, userId)
  if (before.length === 0) return { kind: 'user-absent' }
  const roles = await shareGivableRoles(tx, actor.accountId, asked)
  const plan = planGroupUserRoles(
    asked,
    roles.map(({ id }) => id),
  )
  if (plan.kind === 'refused') return plan
  const had = new Set(before.map(({ id }) => id))
  const added = roles.filter(({ id }) => !had.has(id))
  const beyond = added.filter(({ privileges }) => privilegesNotHeld(actor.privileges, privileges).length > 0)
  if (beyond.length > 0) {
    return { kind: 'refused', reason: 'role-beyond-own', roleNames: beyond.map(({ label }) => label) }
  }
  if (added.length === 0 && plan.roleIds.length === had.size) return { kind: 'saved', userId }

  await saveGroupUser(tx, { groupId, userId, roleIds: plan.roleIds }, now)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'as.accountgroup.user UPDATE ROLE',
    objectType: 'account-group',
    objectId: groupId,
    before: { userId, roles: before.map(({ name }) => name) },
    after: { group: group.name, userId, roles: roles.map(({ label }) => label) },
  })
  return { kind: 'saved', userId }
}
