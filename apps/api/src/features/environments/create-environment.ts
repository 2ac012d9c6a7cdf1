import type { Tx } from '@packline/database/client.ts'
import {
  type CreateEnvironmentRefusal,
  type EnvironmentClassification,
  planCreateEnvironment,
} from '@packline/domain/environments/plan-create-environment.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { insertEnvironment, shareSupport } from './environments.store.ts'

export type CreateEnvironmentOutcome =
  | { kind: 'created'; environmentId: string }
  | { kind: 'refused'; reason: CreateEnvironmentRefusal | 'name-taken' }

/** Creates an environment of this account; what it is classified as stays for good. */
export async function createEnvironment(
  tx: Tx,
  actor: Actor,
  draft: { name: string; classification: EnvironmentClassification },
  now: Temporal.Instant,
): Promise<CreateEnvironmentOutcome> {
  const support = await shareSupport(tx, actor.accountId)
  const plan = planCreateEnvironment(draft, { support, features: actor.features })
  if (plan.kind === 'refused') return plan

  const { name, classification } = plan
  const environment = { accountId: actor.accountId, name, classification, actorName: actor.name }
  const environmentId = await insertEnvironment(tx, environment, now)
  if (environmentId === undefined) return { kind: 'refused', reason: 'name-taken' }
  await audit(tx, actor, now, {
    action: 'as.environment ADD',
    objectType: 'environment',
    objectId: environmentId,
    after: { name, classification },
  })
  return { kind: 'created', environmentId }
}
