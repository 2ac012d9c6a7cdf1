import type { Tx } from '@packline/database/client.ts'
import {
  checkEnvironmentName,
  type EnvironmentNameRefusal,
} from '@packline/domain/environments/environment-name.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { lockEnvironment, saveName } from './environments.store.ts'

export type RenameEnvironmentOutcome =
  | { kind: 'renamed' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: EnvironmentNameRefusal | 'name-taken' }

export async function renameEnvironment(
  tx: Tx,
  actor: Actor,
  { environmentId, name: text }: { environmentId: string; name: string },
  now: Temporal.Instant,
): Promise<RenameEnvironmentOutcome> {
  const environment = await lockEnvironment(tx, actor.accountId, environmentId)
  if (!environment) return { kind: 'absent' }
  await admitToEnvironments(tx, actor, [environmentId])
  const check = checkEnvironmentName(text)
  if (check.kind === 'refused') return check
  if (check.name === environment.name) return { kind: 'renamed' }

  if (!(await saveName(tx, environmentId, check.name))) return { kind: 'refused', reason: 'name-taken' }
  await audit(tx, actor, now, {
    action: 'as.environment UPDATE NAME',
    objectType: 'environment',
    objectId: environmentId,
    before: { name: environment.name },
    after: { name: check.name },
  })
  return { kind: 'renamed' }
}
