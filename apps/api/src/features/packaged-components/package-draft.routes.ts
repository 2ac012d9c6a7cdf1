import { endpoints } from '@packline/contract/endpoints.ts'
import { packageDraft, packageDraftBody } from '@packline/contract/packaged-components.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { findPackageDraft } from './package-draft.views.ts'

/** What Create Packaged Component starts from. It only reads; up to 250 ids are too long for an address. */
export const packageDraftRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.draftPackages.method,
      url: endpoints.draftPackages.path,
      config: { access: 'create-package' },
      schema: {
        tags: ['Packaged components'],
        summary: 'Look up components to package, with the next version of each',
        body: packageDraftBody,
        response: { 200: packageDraft, '4xx': problem },
      },
      handler: ({ actor, body }) => findPackageDraft(deps.db, actor.accountId, body.componentIds),
    })
  }
