import type { Tx } from '@packline/database/client.ts'
import { type EditPackRefusal, planEditPack } from '@packline/domain/packs/plan-edit-pack.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import {
  bumpPack,
  lockPackAsSeen,
  type PackLock,
  type PackTarget,
  saveDetails,
} from './integration-packs.store.ts'

export type EditPackOutcome =
  | { kind: 'saved' }
  | Exclude<PackLock, { kind: 'locked' }>
  | { kind: 'refused'; reason: EditPackRefusal | 'name-taken' }

/** Changes name and description; what is not given stays. Saving the same again changes nothing. */
export async function editPack(
  tx: Tx,
  actor: Actor,
  target: PackTarget & { change: { name?: string | undefined; description?: string | undefined } },
  now: Temporal.Instant,
): Promise<EditPackOutcome> {
  const lock = await lockPackAsSeen(tx, actor.accountId, target)
  if (lock.kind === 'refused') return lock
  const { pack } = lock

  const { change } = target
  const plan = planEditPack(pack, {
    name: change.name ?? pack.name,
    description: change.description ?? pack.description,
  })
  if (plan.kind === 'refused') return plan
  const { name, description } = plan
  if (name === pack.name && description === pack.description) return { kind: 'saved' }

  const isSaved = await saveDetails(tx, pack.id, { name, description })
  if (!isSaved) return { kind: 'refused', reason: 'name-taken' }
  await bumpPack(tx, pack.id, actor.name, now)
  await audit(tx, actor, now, {
    action: 'as.ipack EDIT',
    objectType: 'integration-pack',
    objectId: pack.id,
    before: { name: pack.name, description: pack.description },
    after: { name, description },
  })
  return { kind: 'saved' }
}
