import type { Tx } from '@packline/database/client.ts'
import { type AttachRefusal, planAttach } from '@packline/domain/installations/plan-attach.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { auditAttachments } from '../../platform/audit.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { shareEnvironments } from '../environments/environments.store.ts'
import { type ConsumedPack, sharePack } from '../integration-packs/integration-packs.store.ts'
import { insertAttachments, lockAttachments } from './attachments.store.ts'
import { findPackOfInstallation, lockInstallation, saveDelivered } from './installations.store.ts'

export type AttachOutcome =
  | { kind: 'attached' }
  | { kind: 'absent' }
  | { kind: 'not-attached-to'; reason: AttachRefusal; environmentNames: readonly string[] }

export type AttachInput = {
  installationId: string
  environmentIds: readonly string[]
  /** Those of them that are the places of Atoms. */
  placeIds?: readonly string[]
}

/** Attaches an installation to environments of its account: all of them or none. */
export async function attachInstallation(
  tx: Tx,
  actor: Actor,
  { installationId, environmentIds, placeIds = [] }: AttachInput,
): Promise<AttachOutcome> {
  const packId = await findPackOfInstallation(tx, actor.accountId, installationId)
  const pack = packId && (await sharePack(tx, actor.accountId, packId))
  if (!pack) return { kind: 'absent' }
  return attachHeld(tx, actor, { pack, installationId, environmentIds, placeIds })
}

export type HeldInstallation = AttachInput & { pack: ConsumedPack }

/** The same for a pack that the caller holds already. */
export async function attachHeld(
  tx: Tx,
  actor: Actor,
  { pack, installationId, environmentIds: asked, placeIds = [] }: HeldInstallation,
): Promise<AttachOutcome> {
  const installation = await lockInstallation(tx, actor.accountId, installationId)
  if (!installation || pack.currentReleaseId === null) return { kind: 'absent' }
  const environments = await shareEnvironments(tx, actor.accountId, asked, placeIds)
  await admitToEnvironments(tx, actor, asked)
  const attached = await lockAttachments(tx, installationId)
  const { deliveredCount, lastDeliveredReleaseId, lastDelivered } = installation
  const plan = planAttach(
    {
      count: { deliveredCount, lastDeliveredReleaseId },
      lastDelivered,
      currentReleaseId: pack.currentReleaseId,
      isShared: pack.isShared,
      attachedEnvironmentIds: attached.map(({ environmentId }) => environmentId),
    },
    asked,
    environments.map(({ id }) => id),
  )
  if (plan.kind === 'refused') {
    const names = environments.filter(({ id }) => plan.environmentIds.includes(id)).map(({ name }) => name)
    return { kind: 'not-attached-to', reason: plan.reason, environmentNames: names }
  }

  const { environmentIds, releaseId, versionNumber } = plan
  const attachmentIds = await insertAttachments(
    tx,
    {
      accountId: actor.accountId,
      installationId,
      packId: pack.id,
      environmentIds,
      releaseId,
      versionNumber,
      actorName: actor.name,
    },
    pack.heldAt,
  )
  if (plan.count.lastDeliveredReleaseId !== lastDeliveredReleaseId) {
    await saveDelivered(tx, installationId, plan.count)
  }
  await auditAttachments(tx, actor, pack.heldAt, { kind: 'ADD', attachmentIds })
  await notifyAtoms(tx, environmentIds)
  return { kind: 'attached' }
}
