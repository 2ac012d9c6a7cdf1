import type { Tx } from '@packline/database/client.ts'
import { type ChangeRolesRefusal, planChangeRoles } from '@packline/domain/accounts/plan-give-roles.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { countOtherAdministrators, lockAccounts } from '../roles/administrators.store.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { deleteMemberships, findMember, insertMemberships } from './account-users.store.ts'

export type ChangeUserRolesOutcome =
  | { kind: 'changed' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: ChangeRolesRefusal; privileges?: readonly Privilege[] }

/**
 * Sets the roles of a user of the account. The account is locked first, so that two administrators who demote each other
 * do so one after the other, and the second is refused.
 */
export async function changeUserRoles(
  tx: Tx,
  actor: Actor,
  { userId, roleIds }: { userId: string; roleIds: readonly string[] },
  now: Temporal.Instant,
): Promise<ChangeUserRolesOutcome> {
  const { accountId } = actor
  await lockAccounts(tx, [accountId])
  const member = await findMember(tx, accountId, userId)
  if (!member) return { kind: 'absent' }
  const before = member.roles.map(({ id }) => id)

  const plan = planChangeRoles(roleIds, {
    found: await shareGivableRoles(tx, accountId, roleIds),
    before,
    held: actor.privileges,
    isAdministrator: member.privileges.has('user-management'),
    otherAdministrators: await countOtherAdministrators(tx, accountId, userId),
  })
  if (plan.kind === 'refused') return plan

  const after = plan.roles.map(({ id }) => id)
  if (after.length === before.length && after.every((id) => before.includes(id))) return { kind: 'changed' }
  await insertMemberships(tx, { userId, accountId, roleIds: after }, now)
  await deleteMemberships(tx, { userId, accountId, except: after })
  await audit(tx, actor, now, {
    action: 'user UPDATE ROLE',
    objectType: 'user',
    objectId: userId,
    before: { email: member.email, roles: member.roles },
    after: { email: member.email, roles: plan.roles.map(({ id, label }) => ({ id, label })) },
  })
  return { kind: 'changed' }
}
