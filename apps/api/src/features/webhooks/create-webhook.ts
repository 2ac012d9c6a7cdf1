import { randomUUID } from 'node:crypto'
import type { Tx } from '@packline/database/client.ts'
import {
  planWebhook,
  type WebhookDraft,
  webhookLimit,
  type WebhookRefusal,
} from '@packline/domain/webhooks/plan-webhook.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { newWebhookSecret, secretContext } from '../../platform/sign-webhook.ts'
import { countWebhooks, insertWebhook } from './webhooks.store.ts'

export type CreateWebhookOutcome =
  | { kind: 'created'; webhookId: string; secret: string }
  | { kind: 'refused'; reason: WebhookRefusal }

/** Makes a webhook of the actor's account, with a secret that is told this once. */
export async function createWebhook(
  tx: Tx,
  actor: Actor,
  { draft, allowsHttp, secrets }: { draft: WebhookDraft; allowsHttp: boolean; secrets: SecretBox },
  now: Temporal.Instant,
): Promise<CreateWebhookOutcome> {
  const plan = planWebhook(draft, { allowsHttp })
  if (plan.kind === 'refused') return plan
  if ((await countWebhooks(tx, actor.accountId)) >= webhookLimit)
    return { kind: 'refused', reason: 'too-many-webhooks' }

  const webhookId = randomUUID()
  const secret = newWebhookSecret()
  const stored = { ...plan.webhook, id: webhookId, secret: secrets.seal(secret, secretContext(webhookId)) }
  await insertWebhook(tx, actor.accountId, stored, { byName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'webhook ADD',
    objectType: 'webhook',
    objectId: webhookId,
    after: plan.webhook,
  })
  return { kind: 'created', webhookId, secret }
}
