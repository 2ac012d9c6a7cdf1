import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { releaseParams } from '@packline/contract/releases.ts'
import {
  retryDeliveriesBody,
  retryDeliveriesResult,
  rolloutExportQuery,
  rolloutPage,
  rolloutQuery,
  type RolloutTotals,
  rolloutTotals,
} from '@packline/contract/rollout.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { AccountScope } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { rememberSlow } from '../../platform/remember-slow.ts'
import { releaseCondition } from '../../read-models/pack-answer.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { sendCsv } from '../../platform/send-csv.ts'
import { retryDeliveries } from './retry-deliveries.ts'
import { exportRollout } from './rollout-csv.views.ts'
import { countRollout } from './rollout-totals.views.ts'
import { rolloutRefusals } from './rollout.refusals.ts'
import { findRolledOut, listRollout, type RolledOutRelease } from './rollout.views.ts'

const tags = ['Rollout']
/** From so many rows on a count is told more than once; a smaller one is no work. */
const largeRollout = 10_000

/** How far a release is with each account, environment and Atom, as its publisher sees it. */
export const rolloutRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const release = async (scope: AccountScope, releaseId: string) => {
      const found = await findRolledOut(deps.db, scope, releaseId)
      if (!found) throw notFound('release')
      return found
    }
    const remembered = rememberSlow<RolloutTotals>(({ total }) => total >= largeRollout)

    app.route({
      method: endpoints.getRollout.method,
      url: endpoints.getRollout.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'Where a release has arrived: a row for each account, installation, environment and Atom',
        params: releaseParams,
        querystring: rolloutQuery,
        response: { 200: rolloutPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) =>
        listRollout(deps.systemDb, await release(actor.accountId, params.releaseId), query),
    })

    app.route({
      method: endpoints.getRolloutTotals.method,
      url: endpoints.getRolloutTotals.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'How many of them are in each state',
        params: releaseParams,
        response: { 200: rolloutTotals, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const found = await release(actor.accountId, params.releaseId)
        return remembered.tell(keyOf(found), () => countRollout(deps.systemDb, found))
      },
    })

    app.route({
      method: endpoints.exportRollout.method,
      url: endpoints.exportRollout.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'The rollout as a CSV file',
        params: releaseParams,
        querystring: rolloutExportQuery,
        response: { '4xx': problem },
      },
      handler: async ({ actor, params, query }, reply) => {
        const found = await release(actor.accountId, params.releaseId)
        return sendCsv(
          reply,
          `${found.packName} release ${found.sequence} rollout.csv`,
          exportRollout(deps.systemDb, found, query),
        )
      },
    })

    app.route({
      method: endpoints.retryDeliveries.method,
      url: endpoints.retryDeliveries.path,
      config: { access: 'retry-deliveries', condition: releaseCondition },
      schema: {
        tags,
        summary: 'Let Atoms that failed at a release fetch it again',
        params: releaseParams,
        body: retryDeliveriesBody,
        response: { 200: retryDeliveriesResult, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await retryDeliveries(
            tx,
            actor,
            { releaseId: params.releaseId, attachmentIds: body.attachmentIds },
            now,
          )
          if (outcome.kind === 'retried') {
            return { status: 200, body: { retried: outcome.retried, isMoreLeft: outcome.isMoreLeft } }
          }
          if (outcome.reason === 'release-not-found') throw notFound('release')
          return refused(request, rolloutRefusals[outcome.reason])
        })
        // Whoever tried again wants to see that it counts.
        for (const isAwaited of [true, false]) {
          remembered.forget(keyOf({ releaseId: params.releaseId, isAwaited }))
        }
        return sendAnswer(reply, answer)
      },
    })
  }

/** A release that is out by now is counted anew. */
const keyOf = ({ releaseId, isAwaited }: Pick<RolledOutRelease, 'releaseId' | 'isAwaited'>) =>
  `${releaseId} ${isAwaited}`
