import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { deleteEnvironmentRole } from './environment-roles.store.ts'
import { lockEnvironment } from './environments.store.ts'

/** Takes a role off an environment. When it was the last one, the environment is open to everybody again. */
export async function removeRole(
  tx: Tx,
  actor: Actor,
  { environmentId, roleId }: { environmentId: string; roleId: string },
  now: Temporal.Instant,
): Promise<{ kind: 'removed' } | { kind: 'absent' }> {
  const environment = await lockEnvironment(tx, actor.accountId, environmentId)
  if (!environment) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [environmentId])
  if (!(await deleteEnvironmentRole(tx, { environmentId, roleId }))) return { kind: 'absent' }
  await audit(tx, actor, now, {
    action: 'as.environment UPDATE ROLE',
    objectType: 'environment',
    objectId: environmentId,
    before: { roleId },
  })
  await notifyChanges(tx, { environmentIds: [environmentId] })
  return { kind: 'removed' }
}
