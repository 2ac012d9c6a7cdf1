import { endpoints } from '@packline/contract/endpoints.ts'
import { packParams } from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  createReleaseBody,
  type CreateReleaseBody,
  releaseHistory,
  releaseParams,
  type ReleaseView,
  releaseView,
  targetPage,
  targetQuery,
} from '@packline/contract/releases.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { pastPolicies } from '../../platform/past-policies.ts'
import { notFound } from '../../platform/problems.ts'
import { type Asked, writeTogether } from '../../platform/write-together.ts'
import { packRefusal } from '../../read-models/pack-answer.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { calendarEntry } from './release-calendar.views.ts'
import { lockForChange } from './change-release.ts'
import { createRelease, type CreateReleaseOutcome, createReleases } from './create-release.ts'
import { refuseRelease } from './releases.refusals.ts'
import { findReleases, isOwnRelease, listReleases, listTargets, readRelease } from './releases.views.ts'

const tags = ['Releases']
const answers = { 200: releaseView, 201: releaseView, '4xx': problem }

export const releaseRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const confirm = writeTogether(deps, {
      subjectOf: ({ packId }) => packId,
      one: confirmRelease,
      many: confirmReleases,
    })

    app.route({
      method: endpoints.listReleases.method,
      url: endpoints.listReleases.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'Release history of a pack',
        params: packParams,
        response: { 200: releaseHistory, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const history = await listReleases(deps.db, actor.accountId, params.packId)
        if (!history) throw notFound('integration pack')
        return history
      },
    })

    app.route({
      method: endpoints.createRelease.method,
      url: endpoints.createRelease.path,
      config: { access: 'release-pack' },
      schema: {
        tags,
        summary: 'Release a pack immediately, or schedule its release on a date',
        params: packParams,
        body: createReleaseBody,
        response: answers,
      },
      handler: async (request, reply) => {
        const input = { ...toInput(request.body), packId: request.params.packId }
        return sendAnswer(reply, await confirm(request, input))
      },
    })

    app.route({
      method: endpoints.changeVersions.method,
      url: endpoints.changeVersions.path,
      config: { access: 'change-release-versions' },
      schema: {
        tags,
        summary: 'Replace a scheduled release by one with other versions',
        params: releaseParams,
        body: createReleaseBody,
        response: answers,
      },
      handler: async (request, reply) => {
        const { params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const locked = await lockForChange(tx, request.actor, params.releaseId, () => true)
          if (locked.kind !== 'locked') throw notFound('release')
          const input = { ...toInput(body), packId: locked.pack.id, replaces: params.releaseId }
          return confirmRelease(tx, { request, input }, now)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.getRelease.method,
      url: endpoints.getRelease.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'A release, what it changes and how far it has come',
        params: releaseParams,
        response: answers,
      },
      handler: async ({ actor, params }) => {
        const release = await readRelease(deps.db, actor.accountId, params.releaseId, pastPolicies)
        if (!release) throw notFound('release')
        return release
      },
    })

    app.route({
      method: endpoints.listTargets.method,
      url: endpoints.listTargets.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'The attachments a release has reached or has still to reach',
        params: releaseParams,
        querystring: targetQuery,
        response: { 200: targetPage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        if (!(await isOwnRelease(deps.db, actor.accountId, params.releaseId))) throw notFound('release')
        return listTargets(deps.db, actor.accountId, params.releaseId, query)
      },
    })

    app.route({
      method: endpoints.getCalendarEntry.method,
      url: endpoints.getCalendarEntry.path,
      config: { access: 'view-releases' },
      schema: {
        tags,
        summary: 'The release window as a calendar file',
        params: releaseParams,
        response: { 200: z.string(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const release = await readRelease(
          deps.db,
          request.actor.accountId,
          request.params.releaseId,
          pastPolicies,
        )
        if (!release) throw notFound('release')
        const origin = deps.env.publicUrl ?? `${request.protocol}://${request.host}`
        const page = `${origin}/integration-packs/${release.packId}/releases/${release.id}`
        return reply
          .type('text/calendar; charset=utf-8')
          .header('content-disposition', `attachment; filename="release-${release.sequence}.ics"`)
          .send(calendarEntry(release, page))
      },
    })
  }

const toInput = ({ versions, timing, notes = '' }: CreateReleaseBody) => ({
  selections: versions,
  option:
    timing.kind === 'immediately'
      ? ({ kind: 'immediate' } as const)
      : ({ kind: 'dated', date: timing.releaseOn } as const),
  notes,
})

type Confirmation = ReturnType<typeof toInput> & { packId: string; replaces?: string }

async function confirmRelease(
  tx: Tx,
  { request, input }: Asked<Confirmation>,
  now: Temporal.Instant,
): Promise<Answer> {
  const outcome = await createRelease(tx, request.actor, ifCurrent(request, input), now)
  const views =
    outcome.kind === 'created'
      ? await findReleases(tx, request.actor.accountId, [outcome.releaseId])
      : new Map<string, ReleaseView>()
  return answerOf(tx, { request, input }, outcome, views)
}

/** The same for many of an account at once; undefined for those whose pack somebody else has. */
async function confirmReleases(
  tx: Tx,
  scope: AccountScope,
  asked: readonly Asked<Confirmation>[],
  now: Temporal.Instant,
): Promise<(Answer | undefined)[]> {
  const confirmations = asked.map(({ request, input }) => ({
    actor: request.actor,
    input: ifCurrent(request, input),
  }))
  const outcomes = await createReleases(tx, scope, confirmations, now)
  const created = outcomes.flatMap((outcome) => (outcome.kind === 'created' ? outcome.releaseId : []))
  const views = await findReleases(tx, scope, created)
  const confirmed = []
  for (const [index, one] of asked.entries()) {
    const outcome = outcomes[index]
    const isDecided = outcome && outcome.kind !== 'pack-not-free'
    confirmed.push(isDecided ? await answerOf(tx, one, outcome, views) : undefined)
  }
  return confirmed
}

const ifCurrent = (request: FastifyRequest, input: Confirmation) => ({
  ...input,
  isCurrent: (version: number) => matchesVersion(request, version),
})

async function answerOf(
  tx: Tx,
  { request, input }: Asked<Confirmation>,
  outcome: CreateReleaseOutcome,
  views: ReadonlyMap<string, ReleaseView>,
): Promise<Answer> {
  switch (outcome.kind) {
    case 'created':
      return { status: 201, body: views.get(outcome.releaseId) }
    case 'pack-unavailable':
      return refused(request, await packRefusal(tx, request.actor.accountId, input.packId, outcome.reason))
    case 'refused':
      return refused(request, refuseRelease(outcome.refusal, outcome.pack.packages))
  }
}
