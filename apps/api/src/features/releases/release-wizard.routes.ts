import { endpoints } from '@packline/contract/endpoints.ts'
import { packParams } from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  releaseDraft,
  releaseDraftQuery,
  type ReleasePreview,
  releasePreview,
  releasePreviewQuery,
} from '@packline/contract/releases.ts'
import { planSchedule } from '@packline/domain/releases/release-schedule.ts'
import { describeWindow } from '@packline/domain/time/describe-window.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../platform/actor.ts'
import { businessNow } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { etagOf } from '../../platform/etag.ts'
import { pastPolicies } from '../../platform/past-policies.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { refuseRelease } from './releases.refusals.ts'
import { findReleaseDraft } from './release-draft.views.ts'
import { findReleaseReach } from './release-reach.views.ts'

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
        const reach = await findReleaseReach(deps.db, actor, { ...params, now, counting: pastPolicies })
        if (!reach) throw notFound('integration pack')
        return { ...reach, ...windowOf(actor, query.releaseOn, now) }
      },
    })
  }

/** The window of the date asked for, or why it cannot be chosen, decided by the same rule as the release itself. */
function windowOf(
  actor: Actor,
  date: string | undefined,
  now: Temporal.Instant,
): Pick<ReleasePreview, 'window' | 'refusal'> {
  if (date === undefined) return { window: null, refusal: null }
  const planned = planSchedule({ kind: 'dated', date }, actor, now)
  if (planned.kind === 'refused') {
    const { code, message } = refuseRelease(planned)
    return { window: null, refusal: { code, message } }
  }
  const { releaseOn, timeZone } = planned.schedule
  if (releaseOn === null) return { window: null, refusal: null }
  const { start, end, kind } = describeWindow(releaseOn, timeZone)
  return { window: { start: start.toString(), end: end.toString(), kind }, refusal: null }
}
