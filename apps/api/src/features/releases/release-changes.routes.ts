import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { cancelBody, releaseParams, releaseView, rescheduleBody } from '@packline/contract/releases.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { packRefusal } from '../../read-models/pack-answer.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { cancelRelease } from './cancel-release.ts'
import { type LockedForChange, lockForChange } from './change-release.ts'
import { type AnyReleaseRefusal, refuseRelease } from './releases.refusals.ts'
import { releaseNow } from './release-now.ts'
import { findRelease } from './releases.views.ts'
import { rescheduleRelease } from './reschedule-release.ts'
import { retryRelease } from './retry-release.ts'

const tags = ['Releases']
const answers = { 200: releaseView, '4xx': problem }

/** What can be done with a release that exists: another date, at once, not at all, once more. */
export const releaseChangeRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.reschedule.method,
      url: endpoints.reschedule.path,
      config: { access: 'reschedule-release' },
      schema: {
        tags,
        summary: 'Give a scheduled release another date',
        params: releaseParams,
        body: rescheduleBody,
        response: answers,
      },
      handler: async (request, reply) =>
        sendAnswer(
          reply,
          await changeRelease(deps, request, (tx, locked, now) =>
            rescheduleRelease(tx, request.actor, { ...locked, releaseOn: request.body.releaseOn }, now),
          ),
        ),
    })

    app.route({
      method: endpoints.releaseNow.method,
      url: endpoints.releaseNow.path,
      config: { access: 'release-now' },
      schema: {
        tags,
        summary: 'Send a scheduled release out at once',
        params: releaseParams,
        response: answers,
      },
      handler: async (request, reply) =>
        sendAnswer(
          reply,
          await changeRelease(deps, request, (tx, locked, now) => releaseNow(tx, request.actor, locked, now)),
        ),
    })

    app.route({
      method: endpoints.cancelRelease.method,
      url: endpoints.cancelRelease.path,
      config: { access: 'cancel-release' },
      schema: {
        tags,
        summary: 'Cancel a scheduled release',
        params: releaseParams,
        body: cancelBody,
        response: answers,
      },
      handler: async (request, reply) =>
        sendAnswer(
          reply,
          await changeRelease(deps, request, (tx, locked, now) =>
            cancelRelease(tx, request.actor, { ...locked, reason: request.body.reason }, now),
          ),
        ),
    })

    app.route({
      method: endpoints.tryAgain.method,
      url: endpoints.tryAgain.path,
      config: { access: 'retry-release' },
      schema: { tags, summary: 'Try a failed release again', params: releaseParams, response: answers },
      handler: async (request, reply) =>
        sendAnswer(
          reply,
          await changeRelease(deps, request, (tx, locked, now) =>
            retryRelease(tx, request.actor, locked, now),
          ),
        ),
    })
  }

type Change = (
  tx: Tx,
  locked: LockedForChange,
  now: Temporal.Instant,
) => Promise<{ kind: 'planned' } | AnyReleaseRefusal>

/** A change of an existing release: lock, decide, save, and answer with the release as it is then. */
async function changeRelease(
  deps: Deps,
  request: FastifyRequest<{ Params: z.infer<typeof releaseParams> }>,
  change: Change,
): Promise<Answer> {
  const { actor, params } = request
  return write(deps, request, async (tx, now) => {
    const locked = await lockForChange(tx, actor, params.releaseId, (version) =>
      matchesVersion(request, version),
    )
    if (locked.kind === 'absent') throw notFound('release')
    if (locked.kind === 'pack-changed') {
      return refused(request, await packRefusal(tx, actor.accountId, locked.packId, 'pack-changed'))
    }
    const outcome = await change(tx, locked, now)
    if (outcome.kind === 'refused') return refused(request, refuseRelease(outcome))
    return { status: 200, body: await findRelease(tx, actor.accountId, params.releaseId) }
  })
}
