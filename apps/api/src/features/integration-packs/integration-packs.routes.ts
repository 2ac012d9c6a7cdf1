import { endpoints } from '@packline/contract/endpoints.ts'
import {
  createPackBody,
  editPackBody,
  packList,
  packParams,
  packView,
} from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { hasAlready, matchesVersion, viewEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { packAnswer, packRefusal } from '../../read-models/pack-answer.ts'
import { findPackView } from '../../read-models/pack-view.ts'
import { createPack } from './create-pack.ts'
import { editPack } from './edit-pack.ts'
import { detailsRefusal } from './integration-packs.refusals.ts'
import { listPacks } from './integration-packs.views.ts'

/** Integration packs: the list, and each with its details. */
export const packRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listPacks.method,
      url: endpoints.listPacks.path,
      config: { access: 'view-packs' },
      schema: {
        tags: ['Integration packs'],
        summary: 'List the integration packs of the account',
        response: { 200: packList, '4xx': problem },
      },
      handler: ({ actor }) => listPacks(deps.db, actor.accountId),
    })

    app.route({
      method: endpoints.createPack.method,
      url: endpoints.createPack.path,
      config: { access: 'create-pack' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Create an integration pack',
        body: createPackBody,
        response: { 201: packView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createPack(tx, actor, body, now)
          if (outcome.kind === 'refused') return refused(request, detailsRefusal(outcome.reason))
          return packAnswer(tx, actor.accountId, outcome.packId, 201)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.getPack.method,
      url: endpoints.getPack.path,
      config: { access: 'view-packs' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Get an integration pack with its packages and releases',
        params: packParams,
        response: { 200: packView, 304: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const view = await findPackView(deps.db, actor.accountId, params.packId)
        if (!view) throw new RequestRefused(await packRefusal(deps.db, actor.accountId, params.packId))
        const etag = viewEtag(view)
        void reply.header('etag', etag)
        return hasAlready(request, etag) ? reply.code(304).send(null) : reply.code(200).send(view)
      },
    })

    app.route({
      method: endpoints.editPack.method,
      url: endpoints.editPack.path,
      config: { access: 'edit-pack' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Change the name or the description of an integration pack',
        params: packParams,
        body: editPackBody,
        response: { 200: packView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editPack(tx, actor, { ...params, isCurrent, change: body }, now)
          if (outcome.kind === 'saved') return packAnswer(tx, actor.accountId, params.packId)
          const { reason } = outcome
          return refused(
            request,
            reason === 'pack-missing' || reason === 'pack-changed'
              ? await packRefusal(tx, actor.accountId, params.packId, reason)
              : detailsRefusal(reason),
          )
        })
        return sendAnswer(reply, answer)
      },
    })
  }
