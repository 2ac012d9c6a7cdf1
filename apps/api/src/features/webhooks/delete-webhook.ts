import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { deleteWebhookRow, lockWebhook } from './webhooks.store.ts'

export type DeleteWebhookInput = { webhookId: string; isCurrent: (version: number) => boolean }

/** Deletes a webhook with its log; what still waits is not sent any more. */
export async function deleteWebhook(
  tx: Tx,
  actor: Actor,
  { webhookId, isCurrent }: DeleteWebhookInput,
  now: Temporal.Instant,
): Promise<{ kind: 'deleted' | 'absent' | 'changed' }> {
  const webhook = await lockWebhook(tx, actor.accountId, webhookId)
  if (!webhook) return { kind: 'absent' }
  if (!isCurrent(webhook.version)) return { kind: 'changed' }

  await deleteWebhookRow(tx, webhookId)
  const { url, description, events } = webhook
  await audit(tx, actor, now, {
    action: 'webhook DELETE',
    objectType: 'webhook',
    objectId: webhookId,
    before: { url, description, events },
  })
  return { kind: 'deleted' }
}
