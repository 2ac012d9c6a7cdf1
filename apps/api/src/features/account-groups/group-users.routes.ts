import {
  accountGroupView,
  addableUserPage,
  addGroupUserBody,
  editGroupUserBody,
  groupListQuery,
  groupParams,
  groupRoles,
  groupUserPage,
  groupUserParams,
  userGroups,
  userParams,
} from '@packline/contract/account-groups.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { hasMailServer } from '../../platform/mail-outbox.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { groupRefusal } from './account-groups.refusals.ts'
import { addGroupUser, type GroupUserOutcome } from './add-user.ts'
import { editUserRoles } from './edit-user-roles.ts'
import { getGroup, groupAnswer, contentsCondition, noGroup } from '../../read-models/account-group-answer.ts'
import { listRoleChoices } from './group-roles.views.ts'
import { findUserGroups, listAddableUsers, listGroupUsers } from './group-users.views.ts'
import { removeGroupUser } from './remove-user.ts'

const tags = ['Account groups']
const noUser = notFound('user of the account group', 'group-user-not-found').refusal

async function userAnswer(
  tx: Tx,
  request: FastifyRequest,
  groupId: string,
  outcome: GroupUserOutcome | { kind: 'removed' },
): Promise<Answer> {
  if (outcome.kind === 'absent') return refused(request, noGroup)
  if (outcome.kind === 'user-absent') return refused(request, noUser)
  if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason, outcome.roleNames))
  return groupAnswer(tx, request.actor.accountId, groupId)
}

/** The users in a group, with their roles. */
export const groupUserRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listGroupUsers.method,
      url: endpoints.listGroupUsers.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the users in a group with their roles',
        params: groupParams,
        querystring: groupListQuery,
        response: { 200: groupUserPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listGroupUsers(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.listAddableUsers.method,
      url: endpoints.listAddableUsers.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'List the users of the account who are not in a group',
        params: groupParams,
        querystring: groupListQuery,
        response: { 200: addableUserPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listAddableUsers(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.listGroupRoleChoices.method,
      url: endpoints.listGroupRoleChoices.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the roles that users of a group may have, with their privileges',
        params: groupParams,
        response: { 200: groupRoles, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listRoleChoices(deps.db, actor.accountId)
      },
    })

    app.route({
      method: endpoints.addGroupUser.method,
      url: endpoints.addGroupUser.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Add a user to a group with one or more roles',
        params: groupParams,
        body: addGroupUserBody,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const added = { ...params, ...body, tellsByMail: hasMailServer(deps.env) }
        const answer = await write(deps, request, async (tx, now) =>
          userAnswer(tx, request, params.groupId, await addGroupUser(tx, actor, added, now)),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editGroupUser.method,
      url: endpoints.editGroupUser.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Change the roles of a user in a group',
        params: groupUserParams,
        body: editGroupUserBody,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) =>
          userAnswer(
            tx,
            request,
            params.groupId,
            await editUserRoles(tx, actor, { ...params, ...body }, now),
          ),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.removeGroupUser.method,
      url: endpoints.removeGroupUser.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Take a user out of a group',
        params: groupUserParams,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) =>
          userAnswer(tx, request, params.groupId, await removeGroupUser(tx, actor, params, now)),
        )
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.listUserGroups.method,
      url: endpoints.listUserGroups.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List all groups that a user is in, with their roles there',
        params: userParams,
        response: { 200: userGroups, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const found = await findUserGroups(deps.db, actor.accountId, params.userId)
        if (!found) throw notFound('user of an account group', 'group-user-not-found')
        return found
      },
    })
  }
