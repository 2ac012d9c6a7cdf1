import type { Tx } from '@packline/database/client.ts'
import {
  type DeleteEnvironmentRefusal,
  planDeleteEnvironment,
} from '@packline/domain/environments/plan-delete-environment.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { countAttachments, countDeployments, lockEnvironment, markDeleted } from './environments.store.ts'

export type DeleteEnvironmentOutcome =
  | { kind: 'deleted' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: DeleteEnvironmentRefusal }

/** Deletes an environment that has neither Atoms nor attached packs nor deployed packages. */
export async function deleteEnvironment(
  tx: Tx,
  actor: Actor,
  environmentId: string,
  now: Temporal.Instant,
): Promise<DeleteEnvironmentOutcome> {
  const environment = await lockEnvironment(tx, actor.accountId, environmentId)
  if (!environment) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [environmentId])
  const attachmentCount = await countAttachments(tx, environmentId)
  const deploymentCount = await countDeployments(tx, environmentId)
  const plan = planDeleteEnvironment({ atomCount: environment.atomCount, attachmentCount, deploymentCount })
  if (plan.kind === 'refused') return plan

  await markDeleted(tx, environmentId, now)
  await audit(tx, actor, now, {
    action: 'as.environment DELETE',
    objectType: 'environment',
    objectId: environmentId,
    before: { name: environment.name, classification: environment.classification },
  })
  return { kind: 'deleted' }
}
