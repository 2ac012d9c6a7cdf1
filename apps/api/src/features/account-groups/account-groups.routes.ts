import {
  accountGroupList,
  accountGroupView,
  createGroupBody,
  editGroupBody,
  groupParams,
  removalPreview,
} from '@packline/contract/account-groups.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { etagOf, matchesVersion } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { groupRefusal } from './account-groups.refusals.ts'
import { listGroups } from '../../read-models/account-group-view.ts'
import { createGroup } from './create-group.ts'
import { deleteGroup } from './delete-group.ts'
import { editGroup } from './edit-group.ts'
import { changedRefusal, getGroup, groupAnswer, noGroup } from '../../read-models/account-group-answer.ts'
import { previewRemoval } from './sharing-toll.views.ts'

const tags = ['Account groups']

/** Whom a primary account shares with. */
export const accountGroupRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listAccountGroups.method,
      url: endpoints.listAccountGroups.path,
      config: { access: 'view-account-groups' },
      schema: { tags, summary: 'List account groups', response: { 200: accountGroupList, '4xx': problem } },
      handler: ({ actor }) => listGroups(deps.db, actor.accountId),
    })

    app.route({
      method: endpoints.getAccountGroup.method,
      url: endpoints.getAccountGroup.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'Read an account group',
        params: groupParams,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const group = await getGroup(deps.db, actor.accountId, params.groupId)
        return reply.header('etag', etagOf(group.version)).send(group)
      },
    })

    app.route({
      method: endpoints.createAccountGroup.method,
      url: endpoints.createAccountGroup.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'Add an account group',
        body: createGroupBody,
        response: { 201: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createGroup(tx, actor, body, now)
          return outcome.kind === 'created'
            ? groupAnswer(tx, actor.accountId, outcome.groupId, 201)
            : refused(request, groupRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.editAccountGroup.method,
      url: endpoints.editAccountGroup.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'Edit an account group',
        params: groupParams,
        body: editGroupBody,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const { name, autoSubscribeAlertLevel } = body
        const change = {
          ...(name !== undefined && { name }),
          ...(autoSubscribeAlertLevel && { autoSubscribeAlertLevel }),
        }
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editGroup(tx, actor, { ...params, isCurrent, change }, now)
          if (outcome.kind === 'saved') return groupAnswer(tx, actor.accountId, params.groupId)
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          if (outcome.kind === 'absent') return refused(request, noGroup)
          return refused(request, await changedRefusal(tx, actor.accountId, params.groupId))
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.previewGroupDeletion.method,
      url: endpoints.previewGroupDeletion.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'What deleting an account group would mean, in numbers',
        params: groupParams,
        response: { 200: removalPreview, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return previewRemoval(deps.db, actor.accountId, params)
      },
    })

    app.route({
      method: endpoints.deleteAccountGroup.method,
      url: endpoints.deleteAccountGroup.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'Delete an account group and un-share what was shared through it',
        params: groupParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await deleteGroup(tx, actor, { ...params, isCurrent }, now)
          if (outcome.kind === 'deleted') return { status: 204, body: null }
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          if (outcome.kind === 'absent') return refused(request, noGroup)
          return refused(request, await changedRefusal(tx, actor.accountId, params.groupId))
        })
        return sendAnswer(reply, answer)
      },
    })
  }
