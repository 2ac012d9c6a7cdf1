import type {
  createWebhookBody,
  editWebhookBody,
  rollSecretBody,
  webhookDeliveryQuery,
} from '@packline/contract/webhooks.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { input } from 'zod'
import { api } from '../../api.ts'
import { sendOnce } from '../../lib/send-once.ts'
import { queryClient } from '../../query-client.ts'
import { etagOf } from '../../request.ts'

export type DeliveryListQuery = Partial<Record<keyof input<typeof webhookDeliveryQuery>, string | number>>

/** While something is on its way, its outcome is a matter of seconds. */
const soon = 2_000

/** Whatever is read of one webhook lies under its key, so that nobody asks for it any more once it goes. */
export const webhookQueries = {
  list: () =>
    queryOptions({ queryKey: ['webhooks', 'list'], queryFn: ({ signal }) => api.listWebhooks(signal) }),
  one: (webhookId: string) =>
    queryOptions({
      queryKey: ['webhooks', 'one', webhookId],
      queryFn: ({ signal }) => api.getWebhook(webhookId, signal),
      refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? soon : false),
    }),
  deliveries: (webhookId: string, query: DeliveryListQuery) =>
    queryOptions({
      queryKey: ['webhooks', 'one', webhookId, 'deliveries', query],
      queryFn: ({ signal }) => api.listWebhookDeliveries(webhookId, query, signal),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.rows.some((row) => row.state === 'WAITING') ? soon : false,
    }),
  delivery: (webhookId: string, deliveryId: string) =>
    queryOptions({
      queryKey: ['webhooks', 'one', webhookId, 'delivery', deliveryId],
      queryFn: ({ signal }) => api.getWebhookDelivery(webhookId, deliveryId, signal),
      refetchInterval: ({ state }) => (state.data?.state === 'WAITING' ? soon : false),
    }),
}

const isUnderWay = ({ waiting, pause }: { waiting: number; pause: unknown }) => waiting > 0 && pause === null

export const createWebhook = (body: input<typeof createWebhookBody>) =>
  sendOnce(['create webhook', body], (idempotencyKey) => api.createWebhook(body, { idempotencyKey }))

export type Seen = { id: string; version: number }

export const editWebhook = ({ id, version }: Seen, body: input<typeof editWebhookBody>) =>
  sendOnce(['edit webhook', id, version, body], (idempotencyKey) =>
    api.editWebhook({ webhookId: id, idempotencyKey, ifMatch: etagOf(version) }, body),
  )

/** Whatever else of it has changed meanwhile: whether it is called does not depend on its details. */
export const pauseWebhook = ({ id, version }: Seen, isPaused: boolean) =>
  sendOnce(['pause webhook', id, version, isPaused], (idempotencyKey) =>
    api.editWebhook({ webhookId: id, idempotencyKey }, { isPaused }),
  )

export const deleteWebhook = ({ id }: Seen) =>
  sendOnce(['delete webhook', id], (idempotencyKey) => api.deleteWebhook({ webhookId: id, idempotencyKey }))

export const rollSecret = ({ id, version }: Seen, body: input<typeof rollSecretBody>) =>
  sendOnce(['roll secret', id, version, body], (idempotencyKey) =>
    api.rollWebhookSecret({ webhookId: id, idempotencyKey }, body),
  )

/** Each click is a test of its own. */
export const sendTest = (webhookId: string) => api.sendWebhookTest({ webhookId })

export const sendAgain = ({ webhookId, deliveryId, attempts }: Sent) =>
  sendOnce(['send again', webhookId, deliveryId, attempts], (idempotencyKey) =>
    api.sendWebhookAgain({ webhookId, deliveryId, idempotencyKey }),
  )
export type Sent = { webhookId: string; deliveryId: string; attempts: number }

export const refreshWebhooks = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] })
