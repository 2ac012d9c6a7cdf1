import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { clockBody, clockView } from '@packline/contract/session.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { getClockView } from './clock.views.ts'
import { resetClock } from './reset-clock.ts'
import { setClock } from './set-clock.ts'

const tags = ['Demo']
const response = { 200: clockView, '4xx': problem }

/** The settable clock of the demo and of tests. Anywhere else these routes do not exist. */
export const clockRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    if (!deps.env.demo) return

    app.route({
      method: endpoints.getClock.method,
      url: endpoints.getClock.path,
      config: { access: 'signed-in' },
      schema: { tags, summary: 'What the business clock shows', response },
      handler: () => getClockView(deps.db),
    })

    app.route({
      method: endpoints.setClock.method,
      url: endpoints.setClock.path,
      config: { access: 'set-demo-clock' },
      schema: { tags, summary: 'Set the business clock; it runs on from there', body: clockBody, response },
      handler: async (request, reply) => {
        const instant = Temporal.Instant.from(request.body.now)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await setClock(tx, request.actor, now, instant)
          return outcome.kind === 'set'
            ? { status: 200, body: await getClockView(tx) }
            : refused(request, outOfRange)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.resetClock.method,
      url: endpoints.resetClock.path,
      config: { access: 'set-demo-clock' },
      schema: { tags, summary: 'Let the business clock follow real time again', response },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          await resetClock(tx, request.actor, now)
          return { status: 200, body: await getClockView(tx) }
        })
        return sendAnswer(reply, answer)
      },
    })
  }

const outOfRange = {
  status: 422,
  code: 'instant-out-of-range',
  message: 'The clock can be set to an instant of the years 2000 to 2099.',
}
