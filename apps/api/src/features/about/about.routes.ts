import { endpoints } from '@packline/contract/endpoints.ts'
import { aboutView } from '@packline/contract/session.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { getAboutView } from './about.views.ts'

export const aboutRoutes =
  ({ env }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const about = await getAboutView({
      demo: env.demo,
      singleSignOnLabel: env.oidc?.label,
      zoneinfo: '/usr/share/zoneinfo',
    })

    app.route({
      method: endpoints.about.method,
      url: endpoints.about.path,
      config: { access: 'public' },
      schema: {
        tags: ['About'],
        summary: 'Version, zone data in use, users of the demo',
        security: [],
        response: { 200: aboutView },
      },
      handler: () => Promise.resolve(about),
    })
  }
