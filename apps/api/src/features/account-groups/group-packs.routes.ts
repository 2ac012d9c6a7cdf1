import {
  accountGroupView,
  groupListQuery,
  groupPackPage,
  groupParams,
  packIdsBody,
  shareablePackPage,
  sharedPacks,
  sharingToll,
} from '@packline/contract/account-groups.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { etagOf } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { groupRefusal } from './account-groups.refusals.ts'
import { getGroup, groupAnswer, contentsCondition, noGroup } from '../../read-models/account-group-answer.ts'
import { listGroupPacks, listShareablePacks } from './group-packs.views.ts'
import { sharePacks } from './share-packs.ts'
import { countToll } from './sharing-toll.views.ts'
import { unsharePacks } from './unshare-packs.ts'

const tags = ['Account groups']

/** The integration packs that are shared through a group. */
export const groupPackRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listGroupPacks.method,
      url: endpoints.listGroupPacks.path,
      config: { access: 'view-account-groups' },
      schema: {
        tags,
        summary: 'List the integration packs that are shared through a group',
        params: groupParams,
        querystring: groupListQuery,
        response: { 200: groupPackPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listGroupPacks(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.listShareablePacks.method,
      url: endpoints.listShareablePacks.path,
      config: { access: 'share-packs' },
      schema: {
        tags,
        summary: 'List the released integration packs that a group does not have yet',
        params: groupParams,
        querystring: groupListQuery,
        response: { 200: shareablePackPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return listShareablePacks(deps.db, actor.accountId, { ...params, ...query })
      },
    })

    app.route({
      method: endpoints.sharePacks.method,
      url: endpoints.sharePacks.path,
      config: { access: 'share-packs', condition: contentsCondition },
      schema: {
        tags,
        summary:
          'Share released integration packs, with all their later releases, with the accounts of a group',
        params: groupParams,
        body: packIdsBody,
        response: { 200: sharedPacks, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await sharePacks(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'absent') return refused(request, noGroup)
          if (outcome.kind === 'refused') {
            return refused(request, groupRefusal(outcome.reason, outcome.packNames))
          }
          const group = await getGroup(tx, actor.accountId, params.groupId)
          return { status: 200, body: { shared: outcome.packIds.length, group }, etag: etagOf(group.version) }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.previewUnshare.method,
      url: endpoints.previewUnshare.path,
      config: { access: 'share-packs' },
      schema: {
        tags,
        summary: 'What taking integration packs out of a group would mean, in numbers',
        params: groupParams,
        body: packIdsBody,
        response: { 200: sharingToll, '4xx': problem },
      },
      handler: async ({ actor, params, body }) => {
        await getGroup(deps.db, actor.accountId, params.groupId)
        return countToll(deps.db, actor.accountId, { ...params, ...body })
      },
    })

    app.route({
      method: endpoints.unsharePacks.method,
      url: endpoints.unsharePacks.path,
      config: { access: 'share-packs', condition: contentsCondition },
      schema: {
        tags,
        summary: 'Take integration packs out of a group; what is installed keeps running',
        params: groupParams,
        body: packIdsBody,
        response: { 200: accountGroupView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await unsharePacks(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'absent') return refused(request, noGroup)
          if (outcome.kind === 'refused') return refused(request, groupRefusal(outcome.reason))
          return groupAnswer(tx, actor.accountId, params.groupId)
        })
        return sendAnswer(reply, answer)
      },
    })
  }
