import type { Tx } from '@packline/database/client.ts'
import { type UndeployRefusal, whyNotUndeploy } from '@packline/domain/deployments/plan-undeploy.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { lockDeployment, markEnded } from './deployments.store.ts'

export type UndeployOutcome =
  | { kind: 'undeployed' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: UndeployRefusal }

/** Ends a deployment: the Atoms of its environment run the package no more. What a pack brought goes with its pack. */
export async function undeployPackage(
  tx: Tx,
  actor: Actor,
  deploymentId: string,
  now: Temporal.Instant,
): Promise<UndeployOutcome> {
  const found = await lockDeployment(tx, actor.accountId, deploymentId)
  if (!found) return { kind: 'absent' }
  const reason = whyNotUndeploy(found)
  if (reason !== null) return { kind: 'refused', reason }

  const { environmentId, componentId, packageId, version } = found
  await admitToEnvironments(tx, actor, [environmentId])
  await markEnded(tx, deploymentId, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.deployment DELETE',
    objectType: 'deployment',
    objectId: deploymentId,
    before: { environmentId, componentId, packageId, version },
  })
  await notifyAtoms(tx, [environmentId])
  await notifyChanges(tx, { environmentIds: [environmentId] })
  return { kind: 'undeployed' }
}
