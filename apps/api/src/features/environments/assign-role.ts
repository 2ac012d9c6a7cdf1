import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { insertEnvironmentRole } from './environment-roles.store.ts'
import { lockEnvironment } from './environments.store.ts'

export type AssignRoleOutcome =
  | { kind: 'assigned' }
  | { kind: 'refused'; reason: 'environment-missing' | 'role-missing' | 'already-kept' }

/**
 * Keeps an environment to a role: from then on only who holds it, or another one the environment is kept to, and
 * administrators may change what is in it.
 */
export async function assignRole(
  tx: Tx,
  actor: Actor,
  { environmentId, roleId }: { environmentId: string; roleId: string },
  now: Temporal.Instant,
): Promise<AssignRoleOutcome> {
  const environment = await lockEnvironment(tx, actor.accountId, environmentId)
  if (!environment) return { kind: 'refused', reason: 'environment-missing' }
  await admitToEnvironments(tx, actor, [environmentId])
  const [role] = await shareGivableRoles(tx, actor.accountId, [roleId])
  if (!role) return { kind: 'refused', reason: 'role-missing' }

  if (!(await insertEnvironmentRole(tx, { environmentId, roleId }))) {
    return { kind: 'refused', reason: 'already-kept' }
  }
  await audit(tx, actor, now, {
    action: 'as.environment UPDATE ROLE',
    objectType: 'environment',
    objectId: environmentId,
    after: { roleId, roleName: role.label },
  })
  await notifyChanges(tx, { environmentIds: [environmentId] })
  return { kind: 'assigned' }
}
