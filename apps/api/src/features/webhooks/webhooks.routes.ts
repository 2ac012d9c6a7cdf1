import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  createWebhookBody,
  editWebhookBody,
  rollSecretBody,
  webhookList,
  webhookParams,
  webhookView,
  webhookWithSecret,
} from '@packline/contract/webhooks.ts'
import type { Tx } from '@packline/database/client.ts'
import { webhookLimit } from '@packline/domain/webhooks/plan-webhook.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { etagOf, matchesVersion } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { editWebhook } from './edit-webhook.ts'
import { rollSecret } from './roll-secret.ts'
import { webhookAbsent, webhookChanged, webhookRefusal } from './webhooks.refusals.ts'
import { findWebhook, listWebhooks } from './webhooks.views.ts'

const tags = ['Webhooks']

/** For what is done with a webhook; changes of itself compare its version where they decide. */
export const webhookCondition = requireUnchanged({
  find: (db, { actor, params }) => findWebhook(db, actor.accountId, webhookParams.parse(params).webhookId),
  etagOf: ({ version }) => etagOf(version),
  rowsOf: ({ id }) => [{ table: 'Webhook', where: { id } }],
  changed: webhookChanged,
})

/** Settings > Account Information and Setup > Webhooks. */
export const webhookRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { allowsHttp } = deps.env.webhooks
    const { secrets } = deps

    app.route({
      method: endpoints.listWebhooks.method,
      url: endpoints.listWebhooks.path,
      config: { access: 'view-webhooks' },
      schema: {
        tags,
        summary: 'List the webhooks of this account',
        response: { 200: webhookList, '4xx': problem },
      },
      handler: async ({ actor }) => ({
        rows: await listWebhooks(deps.db, actor.accountId),
        limit: webhookLimit,
      }),
    })

    app.route({
      method: endpoints.getWebhook.method,
      url: endpoints.getWebhook.path,
      config: { access: 'view-webhooks' },
      schema: {
        tags,
        summary: 'Read a webhook',
        params: webhookParams,
        response: { 200: webhookView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const webhook = await findWebhook(deps.db, actor.accountId, params.webhookId)
        if (!webhook) throw new RequestRefused(webhookAbsent)
        return reply.header('etag', etagOf(webhook.version)).send(webhook)
      },
    })

    app.route({
      method: endpoints.createWebhook.method,
      url: endpoints.createWebhook.path,
      config: { access: 'edit-webhooks' },
      schema: {
        tags,
        summary: 'Create a webhook; only this answer has its secret',
        body: createWebhookBody,
        response: { 201: webhookWithSecret, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body: draft } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createWebhook(tx, actor, { draft, allowsHttp, secrets }, now)
          return outcome.kind === 'created'
            ? secretAnswer(tx, request, { ...outcome, status: 201 })
            : refused(request, webhookRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editWebhook.method,
      url: endpoints.editWebhook.path,
      config: { access: 'edit-webhooks' },
      schema: {
        tags,
        summary: 'Change, pause or resume a webhook',
        params: webhookParams,
        body: editWebhookBody,
        response: { 200: webhookView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const { url, description, events, isPaused } = body
        const changes = {
          ...(url !== undefined && { url }),
          ...(description !== undefined && { description }),
          ...(events && { events }),
          isPaused,
        }
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editWebhook(tx, actor, { ...params, changes, allowsHttp, isCurrent }, now)
          return outcome.kind === 'refused'
            ? refused(request, webhookRefusal(outcome.reason))
            : standingAnswer(tx, request, { ...params, isStale: outcome.kind === 'changed' })
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.deleteWebhook.method,
      url: endpoints.deleteWebhook.path,
      config: { access: 'edit-webhooks' },
      schema: {
        tags,
        summary: 'Delete a webhook with its log',
        params: webhookParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await deleteWebhook(tx, actor, { ...params, isCurrent }, now)
          return outcome.kind === 'deleted'
            ? { status: 204, body: null }
            : standingAnswer(tx, request, { ...params, isStale: true })
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.rollWebhookSecret.method,
      url: endpoints.rollWebhookSecret.path,
      config: { access: 'edit-webhooks', condition: webhookCondition },
      schema: {
        tags,
        summary: 'Give a webhook another secret; only this answer has it',
        params: webhookParams,
        body: rollSecretBody,
        response: { 200: webhookWithSecret, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await rollSecret(tx, actor, { ...params, ...body, secrets }, now)
          return outcome.kind === 'rolled'
            ? secretAnswer(tx, request, { ...params, ...outcome, status: 200 })
            : refused(request, webhookAbsent)
        })
        return sendAnswer(reply, answer)
      },
    })
  }

async function secretAnswer(
  tx: Tx,
  request: FastifyRequest,
  { webhookId, secret, status }: { webhookId: string; secret: string; status: 200 | 201 },
): Promise<Answer> {
  const webhook = await findWebhook(tx, request.actor.accountId, webhookId)
  if (!webhook) return refused(request, webhookAbsent)
  const etag = etagOf(webhook.version)
  return { status, body: { webhook, secret }, repeatedBody: { webhook, secret: null }, etag }
}

/** The webhook as it is now, or why the caller does not get it. */
async function standingAnswer(
  tx: Tx,
  request: FastifyRequest,
  { webhookId, isStale }: { webhookId: string; isStale: boolean },
): Promise<Answer> {
  const current = await findWebhook(tx, request.actor.accountId, webhookId)
  if (!current) return refused(request, webhookAbsent)
  return isStale
    ? refused(request, { ...webhookChanged, details: { current }, etag: etagOf(current.version) })
    : { status: 200, body: current, etag: etagOf(current.version) }
}
