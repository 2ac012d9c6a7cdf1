import type { Tx } from '@packline/database/client.ts'
import { type DeployRefusal, planDeploy } from '@packline/domain/deployments/plan-deploy.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { lockEnvironment } from '../environments/environments.store.ts'
import { findFormer, insertDeployment, sharePackage } from './deployments.store.ts'

export type DeployOutcome =
  | { kind: 'deployed'; deploymentId: string }
  | { kind: 'refused'; reason: DeployRefusal | 'environment-missing' | 'package-missing' }

export type DeployInput = {
  environmentId: string
  packageId: string
  notes: string
  listenerStatus: string | undefined
}

/** Deploys a package of the account to an environment of the account, by itself and not through an integration pack. */
export async function deployPackage(
  tx: Tx,
  actor: Actor,
  { environmentId, packageId, notes, listenerStatus }: DeployInput,
  now: Temporal.Instant,
): Promise<DeployOutcome> {
  const { accountId } = actor
  // Whoever deploys there as well does so afterwards and finds this one.
  const environment = await lockEnvironment(tx, accountId, environmentId)
  if (!environment) return { kind: 'refused', reason: 'environment-missing' }
  await admitToEnvironments(tx, actor, [environmentId])
  const found = await sharePackage(tx, accountId, packageId)
  if (!found) return { kind: 'refused', reason: 'package-missing' }

  const { componentId } = found
  const plan = planDeploy(found, await findFormer(tx, { environmentId, componentId }), {
    notes,
    listenerStatus,
  })
  if (plan.kind === 'refused') return plan
  const { kind: _kind, ...planned } = plan
  const deploymentId = await insertDeployment(
    tx,
    { accountId, environmentId, componentId, packageId, ...planned, actorName: actor.name },
    now,
  )
  await audit(tx, actor, now, {
    action: 'as.deployment ADD',
    objectType: 'deployment',
    objectId: deploymentId,
    after: { environmentId, componentId, packageId, ...planned },
  })
  await notifyAtoms(tx, [environmentId])
  await notifyChanges(tx, { environmentIds: [environmentId] })
  return { kind: 'deployed', deploymentId }
}
