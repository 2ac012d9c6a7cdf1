import type { Database, Tx } from '@packline/database/client.ts'
import { failingDaysLimit } from '@packline/domain/webhooks/retry-delivery.ts'
import type { WebhookDraft } from '@packline/domain/webhooks/plan-webhook.ts'
import { isWebhookEvent } from '@packline/domain/webhooks/webhook-event.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const lockedWebhook = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()).transform((names) => names.filter(isWebhookEvent)),
  paused: z.enum(['PERSON', 'FAILURES', 'GONE']).nullable(),
  version: z.number(),
})
export type LockedWebhook = z.infer<typeof lockedWebhook>

/** How many webhooks the account has. It is locked, so that two that come at once cannot both be the last. */
export async function countWebhooks(tx: Tx, scope: AccountScope): Promise<number> {
  await tx.$queryRaw`select from "Account" where id = ${scope} for update`
  return tx.webhook.count({ where: { accountId: scope } })
}

/** Keeps everybody else from changing the webhook until the transaction ends; undefined when it is not this account's. */
export async function lockWebhook(tx: Tx, scope: AccountScope, webhookId: string) {
  const rows = await tx.$queryRaw`
    select id, url, description, events, paused, version from "Webhook"
    where id = ${webhookId}::uuid and "accountId" = ${scope} for update`
  return z.array(lockedWebhook).parse(rows)[0]
}

type Change = { byName: string; now: Temporal.Instant }

/** The secret as it is stored: sealed for this very id. */
export async function insertWebhook(
  tx: Tx,
  scope: AccountScope,
  webhook: WebhookDraft & { id: string; secret: string },
  { byName, now }: Change,
) {
  const { id, url, description, events, secret } = webhook
  await tx.$executeRaw`
    insert into "Webhook" (id, "accountId", url, description, events, secret, "createdAt", "createdByName", "changedAt",
      "changedByName")
    values (${id}::uuid, ${scope}, ${url}, ${description}, ${[...events]}, ${secret}, ${now.toString()}::timestamptz, ${byName},
      ${now.toString()}::timestamptz, ${byName})`
}

/** Another address begins with a clean record: what failed there says nothing of it. */
export async function saveWebhook(tx: Tx, webhookId: string, webhook: WebhookDraft, { byName, now }: Change) {
  const { url, description, events } = webhook
  await tx.$executeRaw`
    update "Webhook" set url = ${url}, description = ${description}, events = ${[...events]},
      "failingSince" = case when url = ${url} then "failingSince" end, version = version + 1,
      "changedAt" = ${now.toString()}::timestamptz, "changedByName" = ${byName}
    where id = ${webhookId}::uuid`
}

/** Stops calling, or goes on; who goes on has mended what failed. */
export async function savePause(tx: Tx, webhookId: string, isPaused: boolean, { byName, now }: Change) {
  await tx.$executeRaw`
    update "Webhook" set paused = case when ${isPaused} then 'PERSON'::"WebhookPause" end,
      "pausedAt" = case when ${isPaused} then ${now.toString()}::timestamptz end,
      "failingSince" = case when ${isPaused} then "failingSince" end, version = version + 1,
      "changedAt" = ${now.toString()}::timestamptz, "changedByName" = ${byName}
    where id = ${webhookId}::uuid`
}

const overlap = '24 hours'

/** The webhook signs with another secret; with the former one as well for a day, unless that ends at once. */
export async function replaceSecret(
  tx: Tx,
  webhookId: string,
  { secret, endsFormerNow }: { secret: string; endsFormerNow: boolean },
  { byName, now }: Change,
) {
  await tx.$executeRaw`
    update "Webhook" set secret = ${secret},
      "formerSecret" = case when ${endsFormerNow} then null else secret end,
      "formerSecretEndsAt" = case when ${endsFormerNow} then null else now() + ${overlap}::interval end,
      version = version + 1, "changedAt" = ${now.toString()}::timestamptz, "changedByName" = ${byName}
    where id = ${webhookId}::uuid`
}

const storedSecrets = z.object({ id: z.uuid(), secret: z.string(), formerSecret: z.string().nullable() })

/** Secrets of which one does not begin with the mark of the key in use. */
export async function listUnsealedSecrets(db: Database, mark: string) {
  const rows = await db.$queryRaw`
    select id, secret, "formerSecret" from "Webhook"
    where not starts_with(secret, ${mark}) or not starts_with("formerSecret", ${mark})`
  return z.array(storedSecrets).parse(rows)
}

/** Nothing where the secret is another one by now. */
export async function saveSealedSecrets(
  db: Database,
  before: { id: string; secret: string },
  { secret, formerSecret }: { secret: string; formerSecret: string | null },
) {
  await db.$executeRaw`
    update "Webhook" set secret = ${secret}, "formerSecret" = ${formerSecret}
    where id = ${before.id}::uuid and secret = ${before.secret}`
}

/** The webhook goes, and with it what waits to be sent and its log. */
export async function deleteWebhookRow(tx: Tx, webhookId: string) {
  await tx.webhook.delete({ where: { id: webhookId } })
}

export async function noteSuccess(tx: Tx, webhookId: string) {
  await tx.$executeRaw`
    update "Webhook" set "failingSince" = null, "lastSucceededAt" = now() where id = ${webhookId}::uuid`
}

const pausedWebhook = z.object({
  accountId: z.string(),
  url: z.string(),
  version: z.number(),
})

/**
 * Notes a failed attempt, and pauses a webhook that has failed for days or whose address says it is gone. The webhook,
 * when it was paused by this.
 */
export async function noteFailure(
  tx: Tx,
  webhookId: string,
  { isGone, now }: { isGone: boolean; now: Temporal.Instant },
) {
  await tx.$executeRaw`
    update "Webhook" set "failingSince" = coalesce("failingSince", now()) where id = ${webhookId}::uuid`
  const rows = await tx.$queryRaw`
    update "Webhook" w set paused = case when ${isGone} then 'GONE' else 'FAILURES' end::"WebhookPause",
      "pausedAt" = ${now.toString()}::timestamptz, version = w.version + 1
    where w.id = ${webhookId}::uuid and w.paused is null
      and (${isGone} or w."failingSince" <= now() - make_interval(days => ${failingDaysLimit}::int))
    returning w."accountId", w.url, w.version`
  return z.array(pausedWebhook).parse(rows)[0]
}
