import { endpoints } from '@packline/contract/endpoints.ts'
import { packDeletionPreview, packParams } from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { packRefusal } from '../../read-models/pack-answer.ts'
import { deletePack } from './delete-pack.ts'
import { findDeletionPreview } from './pack-deletion.views.ts'

/** Deleting an integration pack, which reaches into every account that has it. */
export const packDeletionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.previewPackDeletion.method,
      url: endpoints.previewPackDeletion.path,
      config: { access: 'delete-pack' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Say what deleting an integration pack would undo',
        params: packParams,
        response: { 200: packDeletionPreview, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const preview = await findDeletionPreview(deps.db, actor.accountId, params.packId)
        if (!preview) throw new RequestRefused(await packRefusal(deps.db, actor.accountId, params.packId))
        return preview
      },
    })

    app.route({
      method: endpoints.deletePack.method,
      url: endpoints.deletePack.path,
      config: { access: 'delete-pack' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Delete an integration pack, uninstalling it everywhere',
        params: packParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx) => {
          const outcome = await deletePack(tx, actor, { ...params, isCurrent })
          if (outcome.kind === 'deleted') return { status: 204, body: null }
          return refused(request, await packRefusal(tx, actor.accountId, params.packId, outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })
  }
