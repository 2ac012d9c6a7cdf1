import type { Tx } from '@packline/database/client.ts'
import { planSaveRole, type RoleDraft, type SaveRoleRefusal } from '@packline/domain/access/plan-save-role.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockAccounts } from './administrators.store.ts'
import { findParent, insertRole } from './roles.store.ts'

export type CreateRoleOutcome =
  | { kind: 'saved'; roleId: string }
  | { kind: 'refused'; reason: SaveRoleRefusal | 'name-taken'; privileges?: readonly Privilege[] }

/**
 * Makes a custom role. The account is locked first, as it is for every change of its roles: whoever checks that parents
 * make no ring sees what the others have saved.
 */
export async function createRole(
  tx: Tx,
  actor: Actor,
  draft: RoleDraft & { parentRoleId: string | null },
  now: Temporal.Instant,
): Promise<CreateRoleOutcome> {
  await lockAccounts(tx, [actor.accountId])
  const parent = await findParent(tx, actor.accountId, draft.parentRoleId)
  const plan = planSaveRole(draft, { current: null, parent, held: actor.privileges })
  if (plan.kind === 'refused') return plan

  const role = { ...plan.role, parentRoleId: draft.parentRoleId }
  const roleId = await insertRole(tx, actor.accountId, role, { actorName: actor.name, now })
  if (roleId === undefined) return { kind: 'refused', reason: 'name-taken' }
  await audit(tx, actor, now, { action: 'role ADD', objectType: 'role', objectId: roleId, after: role })
  return { kind: 'saved', roleId }
}
