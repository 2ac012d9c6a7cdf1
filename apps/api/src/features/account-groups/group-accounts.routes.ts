import {
  accountIdsBody,
  accountGroupView,
  addedAccounts,
  assignedUsers,
  groupAccountPage,
  groupListQuery,
  groupParams,
  managedAccountParams,
  membershipView,
  removalPreview,
} from '@packline/contract/account-groups.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { etagOf } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { groupRefusal } from './account-groups.refusals.ts'
import { addAccounts } from './add-accounts.ts'
import {
  findAssignedUsers,
  findMembership,
  listAddableAccounts,
  listGroupAccounts,
} from './group-accounts.views.ts'
import { getGroup, groupAnswer, contentsCondition, noGroup } from '../../read-models/account-group-answer.ts'
import { removeAccounts } from './remove-accounts.ts'
import { previewRemoval } from './sharing-toll.views.ts'

const tags = ['Account groups']

/** The accounts in a group. */
export const groupAccountRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listGroupAccounts.method,
      url: endpoints.listGroupAccounts.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the accounts in a group',
        params: groupParams,
        querystring: groupListQuery,
        response: { 200: groupAccountPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listGroupAccounts(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.listAddableAccounts.method,
      url: endpoints.listAddableAccounts.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'List the managed accounts that are not in a group',
        params: groupParams,
        querystring: groupListQuery,
        response: { 200: groupAccountPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listAddableAccounts(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.addGroupAccounts.method,
      url: endpoints.addGroupAccounts.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Add accounts to a group',
        params: groupParams,
        body: accountIdsBody,
        response: { 200: addedAccounts, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await addAccounts(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'absent') return refused(request, noGroup)
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          const group = await getGroup(tx, actor.accountId, params.groupId)
          return {
            status: 200,
            body: { added: outcome.accountIds.length, group },
            etag: etagOf(group.version),
          }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.previewAccountRemoval.method,
      url: endpoints.previewAccountRemoval.path,
      config: { access: 'edit-account-groups' },
      schema: {
        tags,
        summary: 'What taking accounts out of a group would mean, in numbers',
        params: groupParams,
        body: accountIdsBody,
        response: { 200: removalPreview, '4xx': problem },
      },
      handler: async ({ actor, params, body }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return previewRemoval(deps.db, actor.accountId, { ...params, ...body })
      },
    })

    app.route({
      method: endpoints.removeGroupAccounts.method,
      url: endpoints.removeGroupAccounts.path,
      config: { access: 'edit-account-groups', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Take accounts out of a group',
        params: groupParams,
        body: accountIdsBody,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await removeAccounts(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'absent') return refused(request, noGroup)
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          return groupAnswer(tx, actor.accountId, params.groupId)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.listAccountMembership.method,
      url: endpoints.listAccountMembership.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the groups that a managed account is in',
        params: managedAccountParams,
        response: { 200: membershipView, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const found = await findMembership(deps.db, actor.accountId, params.accountId)
        if (!found) throw notFound('managed account')
        return found
      },
    })

    app.route({
      method: endpoints.listAssignedUsers.method,
      url: endpoints.listAssignedUsers.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the users who work in a managed account through groups',
        params: managedAccountParams,
        response: { 200: assignedUsers, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const found = await findAssignedUsers(deps.db, actor.accountId, params.accountId)
        if (!found) throw notFound('managed account')
        return found
      },
    })
  }
