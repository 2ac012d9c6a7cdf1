import type { Tx } from '@packline/database/client.ts'
import { type DeleteRoleRefusal, planDeleteRole } from '@packline/domain/access/plan-delete-role.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { findRoleUses } from '../../read-models/role-uses.ts'
import { lockAccounts } from './administrators.store.ts'
import { deleteRoleRow, lockRole } from './roles.store.ts'

export type DeleteRoleOutcome =
  | { kind: 'deleted' }
  | { kind: 'absent' }
  | { kind: 'changed' }
  | { kind: 'refused'; reason: DeleteRoleRefusal; names: readonly string[] }

/** Deletes a custom role that nothing hangs on. Whoever gives it at the same time waits, and finds it gone. */
export async function deleteRole(
  tx: Tx,
  actor: Actor,
  { roleId, isCurrent }: { roleId: string; isCurrent: (version: number) => boolean },
  now: Temporal.Instant,
): Promise<DeleteRoleOutcome> {
  await lockAccounts(tx, [actor.accountId])
  const role = await lockRole(tx, actor.accountId, roleId)
  if (!role) return { kind: 'absent' }
  if (!isCurrent(role.version)) return { kind: 'changed' }

  const plan = planDeleteRole(await findRoleUses(tx, actor.accountId, roleId))
  if (plan.kind === 'refused') return plan
  await deleteRoleRow(tx, roleId)
  const { name, description, privileges, parentRoleId } = role
  await audit(tx, actor, now, {
    action: 'role DELETE',
    objectType: 'role',
    objectId: roleId,
    before: { name, description, privileges, parentRoleId },
  })
  return { kind: 'deleted' }
}
