import { z } from 'zod'
import { id, instant, page, pageOf, pageSize } from './field.ts'

export const webhookEvent = z.enum([
  'release.scheduled',
  'release.changed',
  'release.cancelled',
  'release.released',
  'release.late',
  'release.failed',
  'update.applied',
  'update.failed',
  'delivery.failed',
])

export const webhookParams = z.object({ webhookId: id })
export const webhookDeliveryParams = webhookParams.extend({ deliveryId: id })

export const createWebhookBody = z.strictObject({
  url: z.string().max(10_000),
  description: z.string().max(10_000).default(''),
  events: z.array(webhookEvent).max(50),
})
/** What is left out stays as it is. */
export const editWebhookBody = z.strictObject({
  url: z.string().max(10_000).optional(),
  description: z.string().max(10_000).optional(),
  events: z.array(webhookEvent).max(50).optional(),
  isPaused: z.boolean().optional(),
})
/** The former secret goes on to sign beside the new one for a day, unless it has leaked. */
export const rollSecretBody = z.strictObject({ endsFormerNow: z.boolean().default(false) })

export const webhookView = z.object({
  id,
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEvent),
  /** Paused by somebody, after days of failures, or because the address said it is gone; null: it is called. */
  pause: z.object({ reason: z.enum(['PERSON', 'FAILURES', 'GONE']), at: instant }).nullable(),
  failingSince: instant.nullable(),
  lastSucceededAt: instant.nullable(),
  /** Until when the former secret signs as well. */
  formerSecretEndsAt: instant.nullable(),
  /** Deliveries that wait for their next try. */
  waiting: z.number().int(),
  /** Deliveries that were given up within the last seven days. */
  failed: z.number().int(),
  version: z.number().int(),
  createdAt: instant,
  createdByName: z.string(),
  changedAt: instant,
  changedByName: z.string(),
})
export type WebhookView = z.infer<typeof webhookView>

export const webhookList = z.object({ rows: z.array(webhookView), limit: z.number().int() })

/** Only this answer has the secret; a repetition of the same request has null. */
export const webhookWithSecret = z.object({ webhook: webhookView, secret: z.string().nullable() })

export const deliveryState = z.enum(['WAITING', 'DELIVERED', 'FAILED'])
export const webhookDeliveryQuery = z.object({ state: deliveryState.optional(), page, pageSize })

export const webhookDeliveryRow = z.object({
  id,
  /** One of the webhook's events, or `webhook.test`. */
  type: z.string(),
  state: deliveryState,
  createdAt: instant,
  attempts: z.number().int(),
  /** While it waits: when it is tried next. */
  nextTryAt: instant.nullable(),
  lastTriedAt: instant.nullable(),
  lastMillis: z.number().int().nullable(),
  lastStatus: z.number().int().nullable(),
  /** Why the last attempt failed, as a sentence. */
  lastProblem: z.string().nullable(),
})
export type WebhookDeliveryRow = z.infer<typeof webhookDeliveryRow>
export const webhookDeliveryPage = pageOf(webhookDeliveryRow)

export const webhookDeliveryView = webhookDeliveryRow.extend({
  /** What is sent, byte for byte. */
  body: z.string(),
  /** The first kilobyte of what was answered last. */
  lastAnswer: z.string(),
})
export type WebhookDeliveryView = z.infer<typeof webhookDeliveryView>
