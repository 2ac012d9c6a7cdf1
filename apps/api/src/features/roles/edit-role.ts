import type { Tx } from '@packline/database/client.ts'
import { administratorPrivilege } from '@packline/domain/access/last-administrator.ts'
import { planSaveRole, type RoleDraft, type SaveRoleRefusal } from '@packline/domain/access/plan-save-role.ts'
import { type Privilege, privilegesOf } from '@packline/domain/access/privileges.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { listHoldingAccounts, listWithoutAdministrator, lockAccounts } from './administrators.store.ts'
import { findLineage, findParent, lockRole, lockWithDescendants, saveRole } from './roles.store.ts'

export type EditRoleOutcome =
  | { kind: 'saved'; roleId: string }
  | { kind: 'absent' }
  | { kind: 'changed' }
  | {
      kind: 'refused'
      reason: SaveRoleRefusal | 'name-taken' | 'last-administrator'
      privileges?: readonly Privilege[]
    }

export type RoleEdit = {
  roleId: string
  /** What is left out stays. */
  change: Partial<RoleDraft & { parentRoleId: string | null }>
  isCurrent: (version: number) => boolean
}

/** Changes a custom role of the account, for all who hold it and for every role that inherits from it. */
export async function editRole(
  tx: Tx,
  actor: Actor,
  { roleId, change, isCurrent }: RoleEdit,
  now: Temporal.Instant,
): Promise<EditRoleOutcome> {
  await lockAccounts(tx, [actor.accountId])
  const role = await lockRole(tx, actor.accountId, roleId)
  if (!role) return { kind: 'absent' }
  if (!isCurrent(role.version)) return { kind: 'changed' }

  const draft = { ...role, ...change }
  const before = privilegesOf((await findLineage(tx, actor.accountId, roleId)) ?? [])
  const parent = await findParent(tx, actor.accountId, draft.parentRoleId)
  const facts = { current: { id: roleId, effective: before }, parent, held: actor.privileges }
  const plan = planSaveRole(draft, facts)
  if (plan.kind === 'refused') return plan

  const losesAdministration =
    before.has(administratorPrivilege) && !plan.effective.includes(administratorPrivilege)
  const accountIds = losesAdministration ? await lockHoldingAccounts(tx, roleId) : []

  const after = { ...plan.role, parentRoleId: draft.parentRoleId }
  if ((await saveRole(tx, roleId, after, { actorName: actor.name, now })) === undefined) {
    return { kind: 'refused', reason: 'name-taken' }
  }
  const stranded = accountIds.length > 0 ? await listWithoutAdministrator(tx, accountIds) : []
  if (stranded.length > 0) return { kind: 'refused', reason: 'last-administrator' }
  const { name, description, privileges, parentRoleId } = role
  await audit(tx, actor, now, {
    action: 'role UPDATE',
    objectType: 'role',
    objectId: roleId,
    before: { name, description, privileges, parentRoleId },
    after,
  })
  return { kind: 'saved', roleId }
}

/** Nobody is given the role or one that inherits from it from here on, so the list stays what it is. */
async function lockHoldingAccounts(tx: Tx, roleId: string): Promise<string[]> {
  const roleIds = await lockWithDescendants(tx, roleId)
  const accountIds = await listHoldingAccounts(tx, roleIds)
  await lockAccounts(tx, accountIds)
  return accountIds
}
