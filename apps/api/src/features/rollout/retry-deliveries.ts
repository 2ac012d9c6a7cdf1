import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { retriedAtOnce, retryFailedDeliveries } from '../installations/delivery-retries.store.ts'
import { lockPackAsSeen } from '../integration-packs/integration-packs.store.ts'
import { findPackOfRelease } from '../releases/releases.store.ts'

export type RetryDeliveriesOutcome =
  | { kind: 'retried'; retried: number; isMoreLeft: boolean }
  | { kind: 'refused'; reason: 'release-not-found' | 'nothing-failed' }

/** Lets Atoms fetch a release again that failed at it, without waiting for them to try by themselves. */
export async function retryDeliveries(
  tx: Tx,
  actor: Actor,
  { releaseId, attachmentIds }: { releaseId: string; attachmentIds: readonly string[] | undefined },
  now: Temporal.Instant,
): Promise<RetryDeliveriesOutcome> {
  const packId = await findPackOfRelease(tx, actor.accountId, releaseId)
  const pack = packId && (await lockPackAsSeen(tx, actor.accountId, { packId, isCurrent: () => true }))
  if (!pack || pack.kind === 'refused') return { kind: 'refused', reason: 'release-not-found' }

  const { count, environmentIds } = await retryFailedDeliveries(tx, { releaseId, attachmentIds }, now)
  if (count === 0) return { kind: 'refused', reason: 'nothing-failed' }

  await audit(tx, actor, now, {
    action: 'as.ipack.release RETRY_DELIVERIES',
    objectType: 'release',
    objectId: releaseId,
    after: { deliveries: count, ...(attachmentIds && { attachmentIds }) },
  })
  await notifyAtoms(tx, environmentIds)
  await notifyChanges(tx, { releaseIds: [releaseId] })
  return { kind: 'retried', retried: count, isMoreLeft: count === retriedAtOnce }
}
