import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { punctualityPage, punctualityQuery, punctualitySummary } from '@packline/contract/punctuality.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { sendCsv } from '../../platform/send-csv.ts'
import { exportPunctuality } from './punctuality-csv.views.ts'
import { listPunctuality, summarisePunctuality } from './punctuality.views.ts'

const tags = ['Punctuality']

/** How the account's releases of the last 90 days kept their time. */
export const punctualityRoutes =
  ({ db }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.getPunctuality.method,
      url: endpoints.getPunctuality.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'How releases of the last 90 days kept their time: median, worst, day by day',
        response: { 200: punctualitySummary, '4xx': problem },
      },
      handler: ({ actor }) => summarisePunctuality(db, actor.accountId),
    })

    app.route({
      method: endpoints.listPunctuality.method,
      url: endpoints.listPunctuality.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'Each release of the last 90 days, the latest first',
        querystring: punctualityQuery,
        response: { 200: punctualityPage, '4xx': problem },
      },
      handler: ({ actor, query }) => listPunctuality(db, actor.accountId, query),
    })

    app.route({
      method: endpoints.exportPunctuality.method,
      url: endpoints.exportPunctuality.path,
      config: { access: 'view-releases' },
      schema: { tags, summary: 'The same as a CSV file', response: { '4xx': problem } },
      handler: ({ actor }, reply) =>
        sendCsv(reply, 'Punctuality.csv', exportPunctuality(db, actor.accountId)),
    })
  }
