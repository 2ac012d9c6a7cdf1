import { endpoints } from '@packline/contract/endpoints.ts'
import {
  addablePage,
  addableQuery,
  addPackagesBody,
  addPackagesResult,
  packComponentParams,
  packParams,
  packView,
  versionChoices,
} from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { packAnswer, packRefusal } from '../../read-models/pack-answer.ts'
import { addPackages, type AddPackagesOutcome } from './add-packages.ts'
import { listAddable, listVersionChoices } from './pack-choices.views.ts'
import { notInPack, packageRefusal } from './pack-packages.refusals.ts'
import { removePackage, type RemovePackageOutcome } from './remove-package.ts'
import { undeletePackage, type UndeletePackageOutcome } from './undelete-package.ts'

type Refused = Extract<
  AddPackagesOutcome | RemovePackageOutcome | UndeletePackageOutcome,
  { kind: 'refused' }
>

async function refuse(tx: Tx, request: FastifyRequest, packId: string, outcome: Refused) {
  const { reason } = outcome
  return refused(
    request,
    reason === 'pack-missing' || reason === 'pack-changed'
      ? await packRefusal(tx, request.actor.accountId, packId, reason)
      : packageRefusal(outcome),
  )
}

/** What an integration pack consists of. */
export const packPackageRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listAddable.method,
      url: endpoints.listAddable.path,
      config: { access: 'change-pack-contents' },
      schema: {
        tags: ['Integration packs'],
        summary: 'List the components that can be added to an integration pack',
        params: packParams,
        querystring: addableQuery,
        response: { 200: addablePage, '4xx': problem },
      },
      handler: async ({ actor, params, query }) => {
        const found = await listAddable(deps.db, actor.accountId, params.packId, query)
        if (!found) throw new RequestRefused(await packRefusal(deps.db, actor.accountId, params.packId))
        return found
      },
    })

    app.route({
      method: endpoints.addPackages.method,
      url: endpoints.addPackages.path,
      config: { access: 'change-pack-contents' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Add the newest shareable version of components to an integration pack',
        params: packParams,
        body: addPackagesBody,
        response: { 200: addPackagesResult, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await addPackages(tx, actor, { ...params, ...body, isCurrent }, now)
          if (outcome.kind === 'added') {
            const { kind: _kind, ...counts } = outcome
            const { body: pack, ...rest } = await packAnswer(tx, actor.accountId, params.packId)
            return { ...rest, body: { ...counts, pack } }
          }
          return refuse(tx, request, params.packId, outcome)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.removePackage.method,
      url: endpoints.removePackage.path,
      config: { access: 'change-pack-contents' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Remove a component from an integration pack with its next release',
        params: packComponentParams,
        response: { 200: packView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await removePackage(tx, actor, { ...params, isCurrent }, now)
          if (outcome.kind === 'removed') return packAnswer(tx, actor.accountId, params.packId)
          return refuse(tx, request, params.packId, outcome)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.undeletePackage.method,
      url: endpoints.undeletePackage.path,
      config: { access: 'change-pack-contents' },
      schema: {
        tags: ['Integration packs'],
        summary: 'Bring back a component that was removed from an integration pack',
        params: packComponentParams,
        response: { 200: packView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const isCurrent = (version: number) => matchesVersion(request, version)
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await undeletePackage(tx, actor, { ...params, isCurrent }, now)
          if (outcome.kind === 'undeleted') return packAnswer(tx, actor.accountId, params.packId)
          return refuse(tx, request, params.packId, outcome)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.listVersionChoices.method,
      url: endpoints.listVersionChoices.path,
      config: { access: 'view-packs' },
      schema: {
        tags: ['Integration packs'],
        summary: 'List the versions of a component that a release of the integration pack may take',
        params: packComponentParams,
        response: { 200: versionChoices, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const { packId, componentId } = params
        const found = await listVersionChoices(deps.db, actor.accountId, packId, componentId)
        if (found.kind === 'found') return found.choices
        throw new RequestRefused(
          found.reason === 'pack-missing' ? await packRefusal(deps.db, actor.accountId, packId) : notInPack,
        )
      },
    })
  }
