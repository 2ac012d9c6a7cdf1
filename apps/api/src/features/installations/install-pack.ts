import type { Tx } from '@packline/database/client.ts'
import { type InstallRefusal, planInstall } from '@packline/domain/installations/plan-install.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { sharePack } from '../integration-packs/integration-packs.store.ts'
import { type AttachOutcome, attachHeld } from './attach-installation.ts'
import * as store from './installations.store.ts'

export type InstallOutcome =
  | { kind: 'installed'; installationId: string }
  | { kind: 'refused'; reason: InstallRefusal | 'name-taken' }
  | Exclude<AttachOutcome, { kind: 'attached' }>

export type InstallInput = { packId: string; name?: string | undefined; environmentIds: readonly string[] }

/** Installs a pack's current release, and attaches it to environments in the same step where asked: all or nothing. */
export async function installPack(
  tx: Tx,
  actor: Actor,
  { packId, name, environmentIds }: InstallInput,
): Promise<InstallOutcome> {
  const pack = await sharePack(tx, actor.accountId, packId)
  if (!pack) return { kind: 'refused', reason: 'pack-not-available' }
  const installed = await store.countInstallations(tx, actor.accountId, packId)
  const plan = planInstall({ ...pack, installed }, name)
  if (plan.kind === 'refused') return plan

  const installationId = await store.insertInstallation(
    tx,
    { accountId: actor.accountId, pack, name: plan.name, count: plan.count, actorName: actor.name },
    pack.heldAt,
  )
  if (installationId === undefined) {
    const isThere = (await store.countInstallations(tx, actor.accountId, packId)) > 0
    return {
      kind: 'refused',
      reason: pack.type === 'SINGLE' && isThere ? 'already-installed' : 'name-taken',
    }
  }
  await store.saveDelivered(tx, installationId, plan.count)
  await audit(tx, actor, pack.heldAt, {
    action: 'as.ipack.installation ADD',
    objectType: 'installation',
    objectId: installationId,
    after: { name: plan.name, packId, releaseId: plan.count.lastDeliveredReleaseId },
  })
  if (environmentIds.length > 0) {
    const attached = await attachHeld(tx, actor, { pack, installationId, environmentIds })
    if (attached.kind !== 'attached') return attached
  }
  return { kind: 'installed', installationId }
}
