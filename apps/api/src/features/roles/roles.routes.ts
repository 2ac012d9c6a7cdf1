import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { roleBody, roleDetails, roleList, roleParams, roleQuery } from '@packline/contract/roles.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { etagOf, matchesVersion } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { createRole } from './create-role.ts'
import { deleteRole } from './delete-role.ts'
import { editRole, type EditRoleOutcome } from './edit-role.ts'
import { defaultRoleFixed, deleteRoleRefusal, roleChanged, saveRoleRefusal } from './roles.refusals.ts'
import { findRole, listRoles } from './roles.views.ts'

const tags = ['Roles']

/** Settings > Account Information and Setup > Roles. */
export const roleRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listRoles.method,
      url: endpoints.listRoles.path,
      config: { access: 'view-roles' },
      schema: {
        tags,
        summary: 'List the roles that can be given in this account',
        querystring: roleQuery,
        response: { 200: roleList, '4xx': problem },
      },
      handler: ({ actor, query }) => listRoles(deps.db, actor, query),
    })

    app.route({
      method: endpoints.getRole.method,
      url: endpoints.getRole.path,
      config: { access: 'view-roles' },
      schema: {
        tags,
        summary: 'Read a role with where it is in use',
        params: roleParams,
        response: { 200: roleDetails, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const role = await findRole(deps.db, actor, params.roleId)
        if (!role) throw notFound('role')
        return reply.header('etag', etagOf(role.version)).send(role)
      },
    })

    app.route({
      method: endpoints.createRole.method,
      url: endpoints.createRole.path,
      config: { access: 'edit-roles' },
      schema: {
        tags,
        summary: 'Create a custom role',
        body: roleBody,
        response: { 201: roleDetails, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) =>
          roleAnswer(tx, request, await createRole(tx, request.actor, request.body, now), 201),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editRole.method,
      url: endpoints.editRole.path,
      config: { access: 'edit-roles' },
      schema: {
        tags,
        summary: 'Change a custom role',
        params: roleParams,
        body: roleBody,
        response: { 200: roleDetails, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body: change, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editRole(tx, actor, { ...params, change, isCurrent }, now)
          return outcome.kind === 'absent' || outcome.kind === 'changed'
            ? standingAnswer(tx, request, params.roleId, outcome.kind)
            : roleAnswer(tx, request, outcome, 200)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.deleteRole.method,
      url: endpoints.deleteRole.path,
      config: { access: 'edit-roles' },
      schema: {
        tags,
        summary: 'Delete a custom role that is not in use',
        params: roleParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await deleteRole(tx, actor, { ...params, isCurrent }, now)
          if (outcome.kind === 'deleted') return { status: 204, body: null }
          return outcome.kind === 'refused'
            ? refused(request, deleteRoleRefusal(outcome.reason, outcome.names))
            : standingAnswer(tx, request, params.roleId, outcome.kind)
        })
        return sendAnswer(reply, answer)
      },
    })
  }

type Saved = Extract<EditRoleOutcome, { kind: 'saved' | 'refused' }>

async function roleAnswer(
  tx: Tx,
  request: FastifyRequest,
  outcome: Saved,
  status: 200 | 201,
): Promise<Answer> {
  if (outcome.kind === 'refused') return refused(request, saveRoleRefusal(outcome.reason, outcome.privileges))
  const body = await findRole(tx, request.actor, outcome.roleId)
  return body ? { status, body, etag: etagOf(body.version) } : refused(request, notFound('role').refusal)
}

/** Not the account's own, or not as the caller knows it: the role as it stands decides what to tell. */
async function standingAnswer(
  tx: Tx,
  request: FastifyRequest,
  roleId: string,
  kind: 'absent' | 'changed',
): Promise<Answer> {
  const current = await findRole(tx, request.actor, roleId)
  if (!current) return refused(request, notFound('role').refusal)
  return refused(
    request,
    kind === 'absent'
      ? defaultRoleFixed
      : { ...roleChanged, details: { current }, etag: etagOf(current.version) },
  )
}
