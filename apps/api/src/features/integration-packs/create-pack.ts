import type { Tx } from '@packline/database/client.ts'
import type { PackType } from '@packline/domain/packs/pack-type.ts'
import { type CreatePackRefusal, planCreatePack } from '@packline/domain/packs/plan-create-pack.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { insertPack } from './integration-packs.store.ts'

export type CreatePackOutcome =
  | { kind: 'created'; packId: string }
  | { kind: 'refused'; reason: CreatePackRefusal | 'name-taken' }

/** Creates an empty pack of this account. */
export async function createPack(
  tx: Tx,
  actor: Actor,
  draft: { name: string; type: PackType; description: string },
  now: Temporal.Instant,
): Promise<CreatePackOutcome> {
  const plan = planCreatePack(draft, actor.features)
  if (plan.kind === 'refused') return plan

  const { name, type, description } = plan
  const pack = { accountId: actor.accountId, name, type, description, actorName: actor.name }
  const packId = await insertPack(tx, pack, now)
  if (packId === undefined) return { kind: 'refused', reason: 'name-taken' }

  await audit(tx, actor, now, {
    action: 'as.ipack ADD',
    objectType: 'integration-pack',
    objectId: packId,
    after: { name, type, description },
  })
  return { kind: 'created', packId }
}
