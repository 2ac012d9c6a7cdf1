import { endpoints } from '@packline/contract/endpoints.ts'
import { packParams } from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  releaseDraft,
  releaseDraftQuery,
  releasePreview,
  releasePreviewQuery,
} from '@packline/contract/releases.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { businessNow } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { etagOf } from '../../platform/etag.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { refuseRelease } from './refuse-release.ts'
import { findReleaseDraft } from './release-draft.views.ts'
import { previewRelease } from './releases.views.ts'

const tags = ['Releases']

/** What the two steps of the wizard ask before anything is confirmed. */
export const releaseWizardRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.getReleaseDraft.method,
      url: endpoints.getReleaseDraft.path,
      config: { access: 'release-pack' },
      schema: {
        tags,
        summary: 'Select Versions: what a release would contain by default',
        params: packParams,
        querystring: releaseDraftQuery,
        response: { 200: releaseDraft, '4xx': problem },
      },
      handler: async ({ actor, params, query }, reply) => {
        const outcome = await findReleaseDraft(deps.db, actor.accountId, { ...params, ...query })
        if (outcome.kind === 'found')
          return reply.header('etag', etagOf(outcome.draft.packVersion)).send(outcome.draft)
        switch (outcome.reason) {
          case 'pack-not-found':
            throw notFound('integration pack')
          case 'release-not-found':
            throw notFound('release')
          case 'release-not-scheduled':
            throw new RequestRefused(refuseRelease({ kind: 'refused', reason: outcome.reason }))
        }
      },
    })

    app.route({
      method: endpoints.previewRelease.method,
      url: endpoints.previewRelease.path,
      config: { access: 'release-pack' },
      schema: {
        tags,
        summary: 'Select Release Schedule: what each option would mean',
        params: packParams,
        querystring: releasePreviewQuery,
        response: { 200: releasePreview, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        const now = await businessNow(deps.db)
        const preview = await previewRelease(deps.db, actor, {
          ...params,
          ...query,
          releaseOn: query.releaseOn,
          now,
        })
        if (!preview) throw notFound('integration pack')
        return preview
      },
    })
  }
