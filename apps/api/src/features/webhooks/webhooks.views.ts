import type { WebhookDeliveryRow, WebhookDeliveryView, WebhookView } from '@packline/contract/webhooks.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { isWebhookEvent } from '@packline/domain/webhooks/webhook-event.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const instantText = z.date().transform((date) => date.toISOString())
const instantOrNull = instantText.nullable()

const webhookRow = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()).transform((names) => names.filter(isWebhookEvent)),
  paused: z.enum(['PERSON', 'FAILURES', 'GONE']).nullable(),
  pausedAt: instantOrNull,
  failingSince: instantOrNull,
  lastSucceededAt: instantOrNull,
  formerSecretEndsAt: instantOrNull,
  waiting: z.number(),
  failed: z.number(),
  version: z.number(),
  createdAt: instantText,
  createdByName: z.string(),
  changedAt: instantText,
  changedByName: z.string(),
})

/** What happened by the machine's clock is shown by the clock that everything else on the screen goes by. */
const shown = (column: Prisma.Sql) => Prisma.sql`${column} + (app_now() - now())`

/** The account's webhooks, oldest first; all of them, as there are only a few. Never with a secret. */
export async function listWebhooks(
  db: Database | Tx,
  scope: AccountScope,
  { webhookId }: { webhookId?: string } = {},
): Promise<WebhookView[]> {
  const only = webhookId === undefined ? Prisma.empty : Prisma.sql`and w.id = ${webhookId}::uuid`
  const rows = await db.$queryRaw`
    select w.id, w.url, w.description, w.events, w.paused, w."pausedAt", w.version, w."createdAt", w."createdByName",
      w."changedAt", w."changedByName", ${shown(Prisma.sql`w."failingSince"`)} as "failingSince",
      ${shown(Prisma.sql`w."lastSucceededAt"`)} as "lastSucceededAt",
      case when w."formerSecretEndsAt" > now() then ${shown(Prisma.sql`w."formerSecretEndsAt"`)} end as "formerSecretEndsAt",
      (select count(*)::int from "WebhookDelivery" d where d."webhookId" = w.id and d.state = 'WAITING') as waiting,
      (select count(*)::int from "WebhookDelivery" d where d."webhookId" = w.id and d.state = 'FAILED'
        and d."createdAt" > app_now() - interval '7 days') as failed
    from "Webhook" w where w."accountId" = ${scope} ${only}
    order by w."createdAt", w.id`
  return z
    .array(webhookRow)
    .parse(rows)
    .map(({ paused, pausedAt, ...webhook }) => ({
      ...webhook,
      pause: paused !== null && pausedAt !== null ? { reason: paused, at: pausedAt } : null,
    }))
}

export const findWebhook = async (db: Database | Tx, scope: AccountScope, webhookId: string) =>
  (await listWebhooks(db, scope, { webhookId }))[0]

const deliveryRow = z.object({
  id: z.uuid(),
  type: z.string(),
  state: z.enum(['WAITING', 'DELIVERED', 'FAILED']),
  createdAt: instantText,
  attempts: z.number(),
  nextTryAt: instantOrNull,
  lastTriedAt: instantOrNull,
  lastMillis: z.number().nullable(),
  lastStatus: z.number().nullable(),
  lastProblem: z.string().nullable(),
})

const deliveryColumns = Prisma.sql`d.id, d.type, d.state, d."createdAt", d.attempts, d."lastMillis", d."lastStatus",
  d."lastProblem", ${shown(Prisma.sql`d."lastTriedAt"`)} as "lastTriedAt",
  case when d.state = 'WAITING' then ${shown(Prisma.sql`d."nextTryAt"`)} end as "nextTryAt"`
const ofWebhook = Prisma.sql`"WebhookDelivery" d join "Webhook" w on w.id = d."webhookId"`

type LogQuery = {
  webhookId: string
  state?: WebhookDeliveryRow['state'] | undefined
  page: number
  pageSize: number
}

/** What was sent to one of the account's webhooks, newest first. */
export async function listDeliveries(db: Database, scope: AccountScope, query: LogQuery) {
  const { webhookId, state, page, pageSize } = query
  const rows = await db.$queryRaw`
    select ${deliveryColumns} from ${ofWebhook}
    where w.id = ${webhookId}::uuid and w."accountId" = ${scope}
      and (${state ?? null}::text is null or d.state::text = ${state ?? null})
    order by d."createdAt" desc, d.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`
  const totals = await db.$queryRaw`
    select count(*)::int as total from ${ofWebhook}
    where w.id = ${webhookId}::uuid and w."accountId" = ${scope}
      and (${state ?? null}::text is null or d.state::text = ${state ?? null})`
  const [{ total }] = z.tuple([z.object({ total: z.number() })]).parse(totals)
  return { rows: z.array(deliveryRow).parse(rows), total, page, pageSize }
}

/** One delivery with what is sent and what was answered. */
export async function findDelivery(
  db: Database | Tx,
  scope: AccountScope,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
): Promise<WebhookDeliveryView | undefined> {
  const rows = await db.$queryRaw`
    select ${deliveryColumns}, d.body, d."lastAnswer" from ${ofWebhook}
    where d.id = ${deliveryId}::uuid and w.id = ${webhookId}::uuid and w."accountId" = ${scope}`
  return z.array(deliveryRow.extend({ body: z.string(), lastAnswer: z.string() })).parse(rows)[0]
}
