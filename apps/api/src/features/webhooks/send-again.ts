import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { hasDelivery, restartDelivery } from './webhook-deliveries.store.ts'
import { lockWebhook } from './webhooks.store.ts'

export type SendAgainOutcome =
  | { kind: 'queued' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'webhook-paused' | 'delivery-under-way' }

/** Sends a delivery once more, under its own id, so that whoever has it already can tell. */
export async function sendAgain(
  tx: Tx,
  actor: Actor,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
  now: Temporal.Instant,
): Promise<SendAgainOutcome> {
  const webhook = await lockWebhook(tx, actor.accountId, webhookId)
  if (!webhook || !(await hasDelivery(tx, webhookId, deliveryId))) return { kind: 'absent' }
  if (webhook.paused !== null) return { kind: 'refused', reason: 'webhook-paused' }
  if (!(await restartDelivery(tx, webhookId, deliveryId)))
    return { kind: 'refused', reason: 'delivery-under-way' }

  await audit(tx, actor, now, {
    action: 'webhook SEND_AGAIN',
    objectType: 'webhook',
    objectId: webhookId,
    after: { deliveryId },
  })
  return { kind: 'queued' }
}
