import type { Tx } from '@packline/database/client.ts'
import { privilegesNotHeld } from '@packline/domain/access/give-roles.ts'
import { addedToGroupMail } from '@packline/domain/account-groups/added-to-group-mail.ts'
import { type GroupUserRefusal, planAddGroupUser } from '@packline/domain/account-groups/plan-group-user.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { sendMail } from '../../platform/mail-outbox.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { lockGroup, markContentsChanged } from './account-groups.store.ts'
import { findUserToAdd, saveGroupUser } from './group-users.store.ts'

export type GroupUserOutcome =
  | { kind: 'saved'; userId: string }
  | { kind: 'absent' | 'user-absent' }
  | { kind: 'refused'; reason: GroupUserRefusal | 'role-beyond-own'; roleNames?: readonly string[] }

export type NewGroupUser = {
  groupId: string
  email: string
  roleIds: readonly string[]
  /** Where there is a mail server and nobody has said otherwise. */
  tellsByMail: boolean
}

/** Lets a user of the primary account work in the accounts of a group, by one or more roles, and tells them. */
export async function addGroupUser(
  tx: Tx,
  actor: Actor,
  { groupId, email, roleIds: asked, tellsByMail }: NewGroupUser,
  now: Temporal.Instant,
): Promise<GroupUserOutcome> {
  const group = await lockGroup(tx, actor.accountId, groupId)
  if (!group) return { kind: 'absent' }
  const roles = await shareGivableRoles(tx, actor.accountId, asked)
  const user = await findUserToAdd(tx, actor.accountId, { groupId, email: email.trim() })
  const plan = planAddGroupUser(
    user,
    asked,
    roles.map(({ id }) => id),
  )
  if (plan.kind === 'refused' || !user) return plan.kind === 'refused' ? plan : { kind: 'user-absent' }
  const beyond = roles.filter(({ privileges }) => privilegesNotHeld(actor.privileges, privileges).length > 0)
  if (beyond.length > 0) {
    return { kind: 'refused', reason: 'role-beyond-own', roleNames: beyond.map(({ label }) => label) }
  }

  await saveGroupUser(tx, { groupId, userId: user.id, roleIds: plan.roleIds }, now)
  await markContentsChanged(tx, groupId, { actorName: actor.name, now })
  if (tellsByMail) {
    await sendMail(tx, {
      key: `added to group ${groupId} ${user.id} ${now.toString()}`,
      to: { address: user.email },
      ...addedToGroupMail({
        actorName: actor.name,
        groupName: group.name,
        roles: roles.map(({ label }) => label),
      }),
    })
  }
  await audit(tx, actor, now, {
    action: 'as.accountgroup.user ADD NONE',
    objectType: 'account-group',
    objectId: groupId,
    after: {
      group: group.name,
      userId: user.id,
      email: email.trim(),
      roles: roles.map(({ label }) => label),
    },
  })
  return { kind: 'saved', userId: user.id }
}
