import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  webhookDeliveryPage,
  webhookDeliveryParams,
  webhookDeliveryQuery,
  webhookDeliveryView,
  webhookParams,
} from '@packline/contract/webhooks.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { sendAgain } from './send-again.ts'
import { sendTest } from './send-test.ts'
import { deliveryAbsent, webhookAbsent, webhookRefusal } from './webhooks.refusals.ts'
import { webhookCondition } from './webhooks.routes.ts'
import { findDelivery, findWebhook, listDeliveries } from './webhooks.views.ts'

const tags = ['Webhooks']

/** What was sent to a webhook, and sending more. */
export const webhookDeliveryRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listWebhookDeliveries.method,
      url: endpoints.listWebhookDeliveries.path,
      config: { access: 'view-webhooks' },
      schema: {
        tags,
        summary: 'List what was sent to a webhook, newest first',
        params: webhookParams,
        querystring: webhookDeliveryQuery,
        response: { 200: webhookDeliveryPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        const webhook = await findWebhook(deps.db, actor.accountId, params.webhookId)
        if (!webhook) throw new RequestRefused(webhookAbsent)
        return listDeliveries(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.getWebhookDelivery.method,
      url: endpoints.getWebhookDelivery.path,
      config: { access: 'view-webhooks' },
      schema: {
        tags,
        summary: 'Read a delivery with what is sent and what was answered',
        params: webhookDeliveryParams,
        response: { 200: webhookDeliveryView, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const delivery = await findDelivery(deps.db, actor.accountId, params)
        if (!delivery) throw new RequestRefused(deliveryAbsent)
        return delivery
      },
    })

    app.route({
      method: endpoints.sendWebhookTest.method,
      url: endpoints.sendWebhookTest.path,
      config: { access: 'edit-webhooks', condition: webhookCondition },
      schema: {
        tags,
        summary: 'Send a test event',
        params: webhookParams,
        response: { 202: webhookDeliveryView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await sendTest(tx, actor, params.webhookId, now)
          if (outcome.kind === 'absent') return refused(request, webhookAbsent)
          return outcome.kind === 'queued'
            ? queuedAnswer(tx, request, { ...params, ...outcome })
            : refused(request, webhookRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.sendWebhookAgain.method,
      url: endpoints.sendWebhookAgain.path,
      config: { access: 'edit-webhooks', condition: webhookCondition },
      schema: {
        tags,
        summary: 'Send a delivery once more, under the same id',
        params: webhookDeliveryParams,
        response: { 202: webhookDeliveryView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await sendAgain(tx, actor, params, now)
          if (outcome.kind === 'absent') return refused(request, deliveryAbsent)
          return outcome.kind === 'queued'
            ? queuedAnswer(tx, request, params)
            : refused(request, webhookRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })
  }

async function queuedAnswer(
  tx: Tx,
  request: FastifyRequest,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
): Promise<Answer> {
  const body = await findDelivery(tx, request.actor.accountId, { webhookId, deliveryId })
  return body ? { status: 202, body } : refused(request, deliveryAbsent)
}
