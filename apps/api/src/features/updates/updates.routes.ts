import { atomParams } from '@packline/contract/atoms.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { environmentParams } from '@packline/contract/environments.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  applyUpdatesBody,
  applyUpdatesResult,
  atomPacks,
  type EnvironmentPacks,
  environmentPacks,
  type ApplyResult,
} from '@packline/contract/updates.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { notFound } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { loadAtoms, toListItem } from '../../read-models/atom-nodes.ts'
import { type AppliedOrRefused, applyUpdates } from './apply-updates.ts'
import { applySentences, nothingPending, updatesChanged } from './updates.refusals.ts'
import { findEnvironmentPacks } from './updates.views.ts'

const tags = ['Pending updates']

const updatesEtag = (view: EnvironmentPacks) =>
  factsEtag(
    view.rows.map(({ attachmentId, running, pending }) => [attachmentId, running.id, pending?.id]),
    view,
  )

const condition = requireUnchanged({
  find: (db, { actor, params }) =>
    findEnvironmentPacks(db, actor, environmentParams.parse(params).environmentId),
  etagOf: updatesEtag,
  rowsOf: ({ environment, rows }) => [
    { table: 'Environment', where: { id: environment.id }, isShared: true },
    { table: 'IntegrationPack', where: { id: rows.map(({ packId }) => packId) }, isShared: true },
    { table: 'Installation', where: { id: rows.map(({ installationId }) => installationId) } },
    { table: 'Attachment', where: { id: rows.map(({ attachmentId }) => attachmentId) } },
  ],
  changed: updatesChanged,
})
const absent = notFound('environment')

const toResult = (one: AppliedOrRefused): ApplyResult =>
  one.kind === 'applied' ? one : { ...one, message: applySentences[one.reason] }

/** What is pending in a managed account's environments, and applying it before its date. */
export const updateRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listEnvironmentPacks.method,
      url: endpoints.listEnvironmentPacks.path,
      config: { access: 'view-updates' },
      schema: {
        tags,
        summary: 'List the integration packs of an environment with their pending updates',
        params: environmentParams,
        response: { 200: environmentPacks, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const found = await findEnvironmentPacks(deps.db, actor, params.environmentId)
        if (!found) throw absent
        return reply.header('etag', updatesEtag(found)).send(found)
      },
    })

    app.route({
      method: endpoints.listAtomPacks.method,
      url: endpoints.listAtomPacks.path,
      config: { access: 'view-updates' },
      schema: {
        tags,
        summary: 'List the integration packs that an Atom runs with their pending updates',
        params: atomParams,
        response: { 200: atomPacks, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const [atom] = await loadAtoms(deps.db, actor.accountId, params)
        if (!atom) throw notFound('Atom', 'atom-not-found')
        const at = atom.environmentId ?? atom.placeId
        const packs = at === null ? null : ((await findEnvironmentPacks(deps.db, actor, at)) ?? null)
        return { atom: toListItem(atom), isPlace: atom.placeId !== null, packs }
      },
    })

    app.route({
      method: endpoints.applyUpdates.method,
      url: endpoints.applyUpdates.path,
      config: { access: 'apply-updates', condition },
      schema: {
        tags,
        summary: 'Apply everything that is pending in an environment, before its release date',
        params: environmentParams,
        body: applyUpdatesBody,
        response: { 200: applyUpdatesResult, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await applyUpdates(tx, actor, { ...params, ...body }, now)
          if (outcome.kind === 'absent') return refused(request, absent.refusal)
          if (outcome.results.length === 0) return refused(request, nothingPending)
          return { status: 200, body: { results: outcome.results.map(toResult) } }
        })
        return sendAnswer(reply, answer)
      },
    })
  }
