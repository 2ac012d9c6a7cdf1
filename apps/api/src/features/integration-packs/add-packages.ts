import type { Tx } from '@packline/database/client.ts'
import { type AddPackagesPlan, planAddPackages } from '@packline/domain/packs/plan-add-packages.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { loadPackContents } from '../../read-models/pack-contents.ts'
import { lockAddable } from './addable-packages.store.ts'
import { bumpPack, lockPackAsSeen, type PackLock, type PackTarget } from './integration-packs.store.ts'
import { putItems } from './pack-items.store.ts'

type Refused = Extract<AddPackagesPlan, { kind: 'refused' }>

export type AddPackagesOutcome =
  | { kind: 'added'; added: number; undeleted: number; unchanged: number }
  | Exclude<PackLock, { kind: 'locked' }>
  | (Refused & { names: ReadonlyMap<string, string> })

/**
 * Adds the newest shareable version of each component to the pack, all of them or none. The pack's lock makes one
 * addition after the other count towards the limit.
 */
export async function addPackages(
  tx: Tx,
  actor: Actor,
  target: PackTarget & { componentIds: readonly string[] },
  now: Temporal.Instant,
): Promise<AddPackagesOutcome> {
  const lock = await lockPackAsSeen(tx, actor.accountId, target)
  if (lock.kind === 'refused') return lock
  const { pack } = lock

  const state = await loadPackContents(tx, pack.id)
  const { components, packages } = await lockAddable(tx, actor.accountId, target.componentIds)
  const plan = planAddPackages({
    pack: { accountId: actor.accountId, type: pack.type, items: state.items },
    componentIds: target.componentIds,
    components,
    packages,
    current: state.current,
  })
  if (plan.kind === 'refused')
    return { ...plan, names: new Map(components.map(({ id, name }) => [id, name])) }

  const changed = plan.outcomes.filter(({ outcome }) => outcome !== 'already-there')
  if (changed.length > 0) {
    await putItems(tx, pack.id, changed, now)
    await bumpPack(tx, pack.id, actor.name, now)
    await audit(tx, actor, now, {
      action: 'as.ipack.package ADD',
      objectType: 'integration-pack',
      objectId: pack.id,
      after: { packages: changed },
    })
  }
  const undeleted = changed.filter(({ outcome }) => outcome === 'undeleted').length
  return {
    kind: 'added',
    added: changed.length - undeleted,
    undeleted,
    unchanged: plan.outcomes.length - changed.length,
  }
}
