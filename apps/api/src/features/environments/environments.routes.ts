import { endpoints } from '@packline/contract/endpoints.ts'
import {
  createEnvironmentBody,
  editEnvironmentBody,
  environmentList,
  environmentParams,
  environmentQuery,
  type EnvironmentView,
  environmentView,
} from '@packline/contract/environments.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { createEnvironment } from './create-environment.ts'
import { deleteEnvironment } from './delete-environment.ts'
import { environmentChanged, environmentRefusal } from './environments.refusals.ts'
import { findEnvironment, listEnvironments } from './environments.views.ts'
import { renameEnvironment } from './rename-environment.ts'

const tags = ['Environments and Atoms']
const absent = notFound('environment').refusal

const environmentEtag = (view: EnvironmentView) => factsEtag([view.name, view.classification], view)

const condition = requireUnchanged({
  find: (db, { actor, params }) => findEnvironment(db, actor, environmentParams.parse(params).environmentId),
  etagOf: environmentEtag,
  rowsOf: ({ id }) => [{ table: 'Environment', where: { id } }],
  changed: environmentChanged,
})

async function environmentAnswer(
  tx: Tx,
  request: FastifyRequest,
  environmentId: string,
  status: 200 | 201 = 200,
): Promise<Answer> {
  const body = await findEnvironment(tx, request.actor, environmentId)
  return body ? { status, body, etag: environmentEtag(body) } : refused(request, absent)
}

/** Where a managed account runs things. */
export const environmentRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listEnvironments.method,
      url: endpoints.listEnvironments.path,
      config: { access: 'view-environments' },
      schema: {
        tags,
        summary: 'List environments with their Atoms',
        querystring: environmentQuery,
        response: { 200: environmentList, '4xx': problem },
      },
      handler: ({ actor, query }) => listEnvironments(deps.db, actor, query),
    })

    app.route({
      method: endpoints.getEnvironment.method,
      url: endpoints.getEnvironment.path,
      config: { access: 'view-environments' },
      schema: {
        tags,
        summary: 'Read an environment with its Atoms and attached integration packs',
        params: environmentParams,
        response: { 200: environmentView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const found = await findEnvironment(deps.db, actor, params.environmentId)
        if (!found) throw notFound('environment')
        return reply.header('etag', environmentEtag(found)).send(found)
      },
    })

    app.route({
      method: endpoints.createEnvironment.method,
      url: endpoints.createEnvironment.path,
      config: { access: 'create-environment' },
      schema: {
        tags,
        summary: 'Create an environment',
        body: createEnvironmentBody,
        response: { 201: environmentView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createEnvironment(tx, request.actor, request.body, now)
          return outcome.kind === 'created'
            ? environmentAnswer(tx, request, outcome.environmentId, 201)
            : refused(request, environmentRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editEnvironment.method,
      url: endpoints.editEnvironment.path,
      config: { access: 'edit-environment', condition },
      schema: {
        tags,
        summary: 'Rename an environment',
        params: environmentParams,
        body: editEnvironmentBody,
        response: { 200: environmentView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await renameEnvironment(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'renamed') return environmentAnswer(tx, request, params.environmentId)
          return refused(request, outcome.kind === 'absent' ? absent : environmentRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.deleteEnvironment.method,
      url: endpoints.deleteEnvironment.path,
      config: { access: 'delete-environment', condition },
      schema: {
        tags,
        summary: 'Delete an environment without Atoms and attached integration packs',
        params: environmentParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await deleteEnvironment(tx, actor, params.environmentId, now)
          if (outcome.kind === 'deleted') return { status: 204, body: null }
          return refused(request, outcome.kind === 'absent' ? absent : environmentRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })
  }
