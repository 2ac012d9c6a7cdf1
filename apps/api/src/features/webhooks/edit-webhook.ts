import type { Tx } from '@packline/database/client.ts'
import {
  planWebhook,
  type WebhookDraft,
  type WebhookRefusal,
} from '@packline/domain/webhooks/plan-webhook.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyWebhookJob } from '../../platform/webhook-signal.ts'
import { type LockedWebhook, lockWebhook, savePause, saveWebhook } from './webhooks.store.ts'

export type WebhookChanges = Partial<WebhookDraft> & { isPaused?: boolean | undefined }

export type EditWebhookOutcome =
  | { kind: 'edited' }
  | { kind: 'absent' }
  | { kind: 'changed' }
  | { kind: 'refused'; reason: WebhookRefusal }

export type EditWebhookInput = {
  webhookId: string
  changes: WebhookChanges
  allowsHttp: boolean
  /** Whether the caller knows this version. */
  isCurrent: (version: number) => boolean
}

/** Changes a webhook's address, events or description, pauses it or lets it go on. What is left out stays. */
export async function editWebhook(
  tx: Tx,
  actor: Actor,
  { webhookId, changes, allowsHttp, isCurrent }: EditWebhookInput,
  now: Temporal.Instant,
): Promise<EditWebhookOutcome> {
  const webhook = await lockWebhook(tx, actor.accountId, webhookId)
  if (!webhook) return { kind: 'absent' }
  if (!isCurrent(webhook.version)) return { kind: 'changed' }

  const { isPaused, ...draft } = changes
  const plan = planWebhook({ ...draftOf(webhook), ...draft }, { allowsHttp })
  if (plan.kind === 'refused') return plan

  const change = { byName: actor.name, now }
  if (JSON.stringify(plan.webhook) !== JSON.stringify(draftOf(webhook))) {
    await saveWebhook(tx, webhookId, plan.webhook, change)
    await audit(tx, actor, now, {
      action: 'webhook EDIT',
      objectType: 'webhook',
      objectId: webhookId,
      before: draftOf(webhook),
      after: plan.webhook,
    })
  }
  if (isPaused !== undefined && isPaused !== (webhook.paused !== null)) {
    await savePause(tx, webhookId, isPaused, change)
    await audit(tx, actor, now, {
      action: isPaused ? 'webhook PAUSE' : 'webhook RESUME',
      objectType: 'webhook',
      objectId: webhookId,
      before: { paused: webhook.paused },
    })
    await notifyWebhookJob(tx)
  }
  return { kind: 'edited' }
}

const draftOf = ({ url, description, events }: LockedWebhook): WebhookDraft => ({ url, description, events })
