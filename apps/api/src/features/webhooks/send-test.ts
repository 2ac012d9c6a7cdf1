import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { insertTestDelivery } from './webhook-deliveries.store.ts'
import { lockWebhook } from './webhooks.store.ts'

export type SendTestOutcome =
  | { kind: 'queued'; deliveryId: string }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'webhook-paused' }

/** Sends an event that tells of nothing, the way every other one goes. */
export async function sendTest(
  tx: Tx,
  actor: Actor,
  webhookId: string,
  now: Temporal.Instant,
): Promise<SendTestOutcome> {
  const webhook = await lockWebhook(tx, actor.accountId, webhookId)
  if (!webhook) return { kind: 'absent' }
  if (webhook.paused !== null) return { kind: 'refused', reason: 'webhook-paused' }

  const data = {
    accountId: actor.accountId,
    sentBy: actor.name,
    message: 'This is a test. Nothing has happened.',
  }
  const body = JSON.stringify({
    type: 'webhook.test',
    timestamp: now.toString({ smallestUnit: 'millisecond' }),
    data,
  })
  const deliveryId = await insertTestDelivery(tx, webhookId, body)
  await audit(tx, actor, now, { action: 'webhook TEST', objectType: 'webhook', objectId: webhookId })
  return { kind: 'queued', deliveryId }
}
