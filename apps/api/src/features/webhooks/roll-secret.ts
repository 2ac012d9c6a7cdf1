import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { newWebhookSecret, secretContext } from '../../platform/sign-webhook.ts'
import { lockWebhook, replaceSecret } from './webhooks.store.ts'

export type RollSecretOutcome = { kind: 'rolled'; secret: string } | { kind: 'absent' }

/** Gives a webhook another secret; whoever receives has a day to change over, unless the former one ends at once. */
export async function rollSecret(
  tx: Tx,
  actor: Actor,
  { webhookId, endsFormerNow, secrets }: { webhookId: string; endsFormerNow: boolean; secrets: SecretBox },
  now: Temporal.Instant,
): Promise<RollSecretOutcome> {
  if (!(await lockWebhook(tx, actor.accountId, webhookId))) return { kind: 'absent' }
  const secret = newWebhookSecret()
  const sealed = secrets.seal(secret, secretContext(webhookId))
  await replaceSecret(tx, webhookId, { secret: sealed, endsFormerNow }, { byName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'webhook ROLL_SECRET',
    objectType: 'webhook',
    objectId: webhookId,
    after: { endsFormerNow },
  })
  return { kind: 'rolled', secret }
}
