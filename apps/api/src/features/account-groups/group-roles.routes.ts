import {
  accountGroupView,
  groupParams,
  groupRoleParams,
  roleIdsBody,
  sharedRoles,
} from '@packline/contract/account-groups.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { groupRefusal } from './account-groups.refusals.ts'
import { getGroup, groupAnswer, contentsCondition, noGroup } from '../../read-models/account-group-answer.ts'
import { listSharedRoles } from './group-roles.views.ts'
import { shareRoles } from './share-roles.ts'
import { unshareRole } from './unshare-role.ts'

const tags = ['Account groups']

/** The custom roles that are shared through a group. */
export const groupRoleRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listGroupRoles.method,
      url: endpoints.listGroupRoles.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the roles that are shared through a group',
        params: groupParams,
        response: { 200: sharedRoles, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listSharedRoles(deps.db, actor.accountId, params.groupId)
      },
    })

    app.route({
      method: endpoints.shareRoles.method,
      url: endpoints.shareRoles.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Let the accounts of a group give custom roles of this account to their users',
        params: groupParams,
        body: roleIdsBody,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await shareRoles(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'absent') return refused(request, noGroup)
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          return groupAnswer(tx, actor.accountId, params.groupId)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.unshareRole.method,
      url: endpoints.unshareRole.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Take a role out of a group',
        params: groupRoleParams,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await unshareRole(tx, actor, params, now)
          if (outcome.kind === 'absent') return refused(request, noGroup)
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          if (outcome.kind === 'role-absent') return refused(request, notFound('shared role').refusal)
          return groupAnswer(tx, actor.accountId, params.groupId)
        })
        return sendAnswer(reply, answer)
      },
    })
  }
