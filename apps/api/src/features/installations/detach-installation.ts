import type { Tx } from '@packline/database/client.ts'
import { planDetach } from '@packline/domain/installations/plan-detach.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { auditAttachments } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { admitToEnvironments } from '../../platform/environment-access.ts'
import { sharePack } from '../integration-packs/integration-packs.store.ts'
import { detach, lockAttachments } from './attachments.store.ts'
import { findPackOfInstallation, lockInstallation } from './installations.store.ts'

export type DetachOutcome =
  | { kind: 'detached' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'not-attached' }

/** Detaches an installation from environments: all of them or none. What was applied early there is lost (D-18). */
export async function detachInstallation(
  tx: Tx,
  actor: Actor,
  { installationId, environmentIds }: { installationId: string; environmentIds: readonly string[] },
): Promise<DetachOutcome> {
  const packId = await findPackOfInstallation(tx, actor.accountId, installationId)
  const pack = packId && (await sharePack(tx, actor.accountId, packId))
  if (!pack || !(await lockInstallation(tx, actor.accountId, installationId))) return { kind: 'absent' }

  const plan = planDetach(await lockAttachments(tx, installationId), environmentIds)
  if (plan.kind === 'refused') return { kind: 'refused', reason: plan.reason }
  await admitToEnvironments(tx, actor, environmentIds)
  const attachmentIds = plan.steps.map(({ attachmentId }) => attachmentId)
  // Others of the account hold the pack as well: whoever waited for an early apply has detached after it.
  const now = await businessNow(tx)
  await detach(tx, attachmentIds, now)
  await auditAttachments(tx, actor, now, { kind: 'DELETE', attachmentIds })
  await notifyAtoms(tx, environmentIds)
  return { kind: 'detached' }
}
