import type { Tx } from '@packline/database/client.ts'
import { failingDaysLimit } from '@packline/domain/webhooks/retry-delivery.ts'
import type { WebhookDraft } from '@packline/domain/webhooks/plan-webhook.ts'
import { isWebhookEvent } from '@packline/domain/webhooks/webhook-event.ts'
import { z } from 'zod'
import { rolesWithAny } from '../../platform/account-access.ts'
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

export async function insertWebhook(
  tx: Tx,
  scope: AccountScope,
  webhook: WebhookDraft & { secret: string },
  { byName, now }: Change,
): Promise<string> {
  const { url, description, events, secret } = webhook
  const rows = await tx.$queryRaw`
    insert into "Webhook" ("accountId", url, description, events, secret, "createdAt", "createdByName", "changedAt",
      "changedByName")
    values (${scope}, ${url}, ${description}, ${[...events]}, ${secret}, ${now.toString()}::timestamptz, ${byName},
      ${now.toString()}::timestamptz, ${byName})
    returning id`
  return z.tuple([z.object({ id: z.uuid() })]).parse(rows)[0].id
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
  accountName: z.string(),
  url: z.string(),
  version: z.number(),
})
export type PausedWebhook = z.infer<typeof pausedWebhook>

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
    from "Account" a
    where w.id = ${webhookId}::uuid and w.paused is null and a.id = w."accountId"
      and (${isGone} or w."failingSince" <= now() - make_interval(days => ${failingDaysLimit}::int))
    returning w."accountId", a.name as "accountName", w.url, w.version`
  return z.array(pausedWebhook).parse(rows)[0]
}

const administrator = z.object({ userId: z.uuid(), email: z.string(), name: z.string() })

/** The account's own users who may mend its webhooks. */
export async function listAdministrators(tx: Tx, accountId: string) {
  const rows = await tx.$queryRaw`
    select distinct u.id as "userId", u.email, trim(u."firstName" || ' ' || u."lastName") as name
    from "Membership" m join "User" u on u.id = m."userId"
    where m."accountId" = ${accountId} and m."roleId" in (${rolesWithAny(['account-administration'])})`
  return z.array(administrator).parse(rows)
}
