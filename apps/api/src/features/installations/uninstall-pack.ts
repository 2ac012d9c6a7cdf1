import type { Tx } from '@packline/database/client.ts'
import { planUninstall } from '@packline/domain/installations/plan-detach.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit, auditAttachments } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { sharePack } from '../integration-packs/integration-packs.store.ts'
import { detach, lockAttachments } from './attachments.store.ts'
import { findPackOfInstallation, lockInstallation, markUninstalled } from './installations.store.ts'

/** Uninstalls a pack from this account, detached from everything first. */
export async function uninstallPack(
  tx: Tx,
  actor: Actor,
  installationId: string,
): Promise<{ kind: 'uninstalled' } | { kind: 'absent' }> {
  const packId = await findPackOfInstallation(tx, actor.accountId, installationId)
  const pack = packId && (await sharePack(tx, actor.accountId, packId))
  const installation = pack && (await lockInstallation(tx, actor.accountId, installationId))
  if (!pack || !installation) return { kind: 'absent' }

  const { steps } = planUninstall(await lockAttachments(tx, installationId))
  // Others of the account hold the pack as well: whoever waited for an early apply has detached after it.
  const now = await businessNow(tx)
  if (steps.length > 0) {
    const environmentIds = steps.map(({ environmentId }) => environmentId)
    await admitToEnvironments(tx, actor, environmentIds)
    const attachmentIds = steps.map(({ attachmentId }) => attachmentId)
    await detach(tx, attachmentIds, now)
    await auditAttachments(tx, actor, now, { kind: 'DELETE', attachmentIds })
    await notifyAtoms(tx, environmentIds)
  }
  await markUninstalled(tx, installationId, now)
  await audit(tx, actor, now, {
    action: 'as.ipack.installation DELETE',
    objectType: 'installation',
    objectId: installationId,
    before: { name: installation.name, packId: pack.id, version: installation.deliveredCount },
  })
  return { kind: 'uninstalled' }
}
