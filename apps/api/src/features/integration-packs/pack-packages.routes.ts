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
import type { AddPackageRefusal } from '@packline/domain/packs/plan-add-packages.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../platform/deps.ts'
import { matchesVersion } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { type Refusal, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { packAnswer, packRefusal } from '../../read-models/pack-answer.ts'
import { addPackages, type AddPackagesOutcome } from './add-packages.ts'
import { listAddable, listVersionChoices } from './pack-choices.views.ts'
import { removePackage, type RemovePackageOutcome } from './remove-package.ts'
import { undeletePackage, type UndeletePackageOutcome } from './undelete-package.ts'

const componentRefusals: Record<AddPackageRefusal, { status: number; sentence: (name: string) => string }> = {
  'component-not-found': {
    status: 404,
    sentence: () =>
      'One of the selected components is not in this account. Reload the list and select again.',
  },
  'type-not-allowed': {
    status: 422,
    sentence: (name) =>
      `${name} cannot go into an integration pack. Only processes without Process Route and API Service components can.`,
  },
  'api-service-in-multi': {
    status: 422,
    sentence: (name) =>
      `${name} is an API Service component. Integration packs of type Multiple Attachments cannot contain API Service components.`,
  },
  'no-shareable-version': {
    status: 422,
    sentence: (name) =>
      `${name} has no packaged version that may be shared. Create a packaged component with sharing allowed first.`,
  },
}

const notInPack: Refusal = {
  status: 404,
  code: 'component-not-in-pack',
  message: 'This integration pack has no such component. Reload the page to see what it contains.',
}

type Refused = Extract<
  AddPackagesOutcome | RemovePackageOutcome | UndeletePackageOutcome,
  { kind: 'refused' }
>

const nothingSelected: Refusal = {
  status: 422,
  code: 'nothing-selected',
  message: 'Select at least one component.',
}

function refusalFor(outcome: Exclude<Refused, { reason: 'pack-missing' | 'pack-changed' }>): Refusal {
  if (outcome.reason === 'component-not-in-pack') return notInPack
  if (outcome.reason === 'nothing-selected') return nothingSelected
  if (outcome.reason === 'components-refused') return componentsRefusal(outcome)
  const room = 'room' in outcome ? outcome.room : 0
  return {
    status: 409,
    code: outcome.reason,
    message: `An integration pack holds at most 100 packages, and this one has room for ${room === 0 ? 'none' : `only ${room}`} more.`,
    details: { room },
  }
}

function componentsRefusal({
  problems,
  names,
}: Extract<AddPackagesOutcome, { reason: 'components-refused' }>): Refusal {
  const told = problems.map(({ componentId, reason }) => {
    const { status, sentence } = componentRefusals[reason]
    const name = names.get(componentId) ?? 'This component'
    return {
      componentId,
      componentName: names.get(componentId) ?? null,
      status,
      reason,
      message: sentence(name),
    }
  })
  const [first] = told
  if (!first) throw new Error('Components were refused without a reason')
  return {
    status: first.status,
    code: first.reason,
    message: [...new Set(told.map(({ message }) => message))].slice(0, 3).join(' '),
    details: { problems: told.map(({ status: _status, ...one }) => one) },
  }
}

async function refuse(tx: Tx, request: FastifyRequest, packId: string, outcome: Refused) {
  const { reason } = outcome
  return refused(
    request,
    reason === 'pack-missing' || reason === 'pack-changed'
      ? await packRefusal(tx, request.actor.accountId, packId, reason)
      : refusalFor(outcome),
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
