import { endpoints } from '@packline/contract/endpoints.ts'
import {
  compareParams,
  comparisonView,
  createdPackages,
  createPackagesBody,
  packageDetails,
  packagePage,
  packageParams,
  packageQuery,
  type PackageView,
  packageView,
} from '@packline/contract/packaged-components.ts'
import { problem } from '@packline/contract/problem.ts'
import { mayDo } from '@packline/domain/access/actions.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { compareLines } from '../../platform/compare-lines.ts'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { notFound, type Refusal, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { sendContent } from '../../platform/send-content.ts'
import { createPackages, type CreatePackagesOutcome, type PlacedProblem } from './create-packages.ts'
import { deletePackage, type DeletePackageOutcome } from './delete-package.ts'
import { findComparison, type FoundComparison, readText } from './package-comparison.views.ts'
import { findPackageContent, findPackageDetails } from './package-details.views.ts'
import {
  draftRefusals,
  packageChanged,
  packageRefusals,
  useSentences,
} from './packaged-components.refusals.ts'
import { findPackages, listPackages } from './packaged-components.views.ts'
import { restorePackage, type RestorePackageOutcome } from './restore-package.ts'

type Refused = Extract<
  CreatePackagesOutcome | DeletePackageOutcome | RestorePackageOutcome,
  { kind: 'refused' }
>

const tags = ['Packaged components']

/** A version is what it is for ever; it can only be deleted and restored. */
const packageEtag = (view: PackageView) => factsEtag([view.status], view)

const condition = requireUnchanged({
  find: async (db, { actor, params }) =>
    (await findPackages(db, actor.accountId, [packageParams.parse(params).packageId]))[0],
  etagOf: packageEtag,
  rowsOf: ({ id }) => [{ table: 'PackagedComponent', where: { id } }],
  changed: packageChanged,
})

/** Packaged components: immutable versions of components. */
export const packageRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listPackages.method,
      url: endpoints.listPackages.path,
      config: { access: 'view-packages' },
      schema: {
        tags,
        summary: 'List packaged components',
        querystring: packageQuery,
        response: { 200: packagePage, '4xx': problem },
      },
      handler: ({ actor, query }) => listPackages(deps.db, actor.accountId, query),
    })

    app.route({
      method: endpoints.createPackages.method,
      url: endpoints.createPackages.path,
      config: { access: 'create-package' },
      schema: {
        tags,
        summary: 'Package the current content of up to 250 components, all or none',
        body: createPackagesBody,
        response: { 201: createdPackages, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createPackages(tx, actor, now, body.items)
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          const packages = await findPackages(tx, actor.accountId, outcome.packageIds)
          return { status: 201, body: { packages } }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.getPackage.method,
      url: endpoints.getPackage.path,
      config: { access: 'view-packages' },
      schema: {
        tags,
        summary: 'Get a packaged component with its deployments and integration packs',
        params: packageParams,
        response: { 200: packageDetails, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const details = await findPackageDetails(deps.db, {
          scope: actor.accountId,
          packageId: params.packageId,
          withPacks: mayDo('view-packs', actor).kind === 'allowed',
        })
        if (!details) throw notFound('packaged component')
        return reply.header('etag', packageEtag(details)).send(details)
      },
    })

    app.route({
      method: endpoints.deletePackage.method,
      url: endpoints.deletePackage.path,
      config: { access: 'delete-package', condition },
      schema: {
        tags,
        summary: 'Delete a packaged component that nothing uses',
        params: packageParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await deletePackage(tx, request.actor, now, request.params.packageId)
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          return { status: 204, body: null }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.restorePackage.method,
      url: endpoints.restorePackage.path,
      config: { access: 'restore-package', condition },
      schema: {
        tags,
        summary: 'Restore a deleted packaged component',
        params: packageParams,
        response: { 200: packageView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await restorePackage(tx, actor, now, params.packageId)
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          const [restored] = await findPackages(tx, actor.accountId, [params.packageId])
          return { status: 200, body: restored, ...(restored && { etag: packageEtag(restored) }) }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.downloadPackage.method,
      url: endpoints.downloadPackage.path,
      // Ranges count the stored bytes.
      compress: false,
      config: { access: 'view-packages' },
      schema: {
        tags,
        summary: 'Download the content of a packaged component',
        params: packageParams,
        response: { '4xx': problem },
      },
      handler: async (request, reply) => {
        const content = await findPackageContent(deps.db, request.actor.accountId, request.params.packageId)
        if (!content) throw notFound('packaged component')
        const fileName = `${content.name} ${content.version}`
        return sendContent(deps.db, request, reply, { ...content, fileName })
      },
    })

    app.route({
      method: endpoints.comparePackages.method,
      url: endpoints.comparePackages.path,
      config: { access: 'view-packages' },
      schema: {
        tags,
        summary: 'Compare two versions of a component',
        params: compareParams,
        response: { 200: comparisonView, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const { packageId, otherId } = params
        const found = await findComparison(deps.db, actor.accountId, [packageId, otherId])
        if (!found) throw notFound('packaged component')
        const { contents, ...comparison } = found
        if (comparison.older.componentId !== comparison.newer.componentId) {
          throw new RequestRefused({ code: 'other-component', ...packageRefusals['other-component'] })
        }
        return { ...comparison, ...(await comparedText(deps, contents)) }
      },
    })
  }

const mebibyte = 1024 * 1024
const comparedLineLimit = 20_000

async function comparedText({ db }: Deps, { older, newer }: FoundComparison['contents']) {
  if (older.sha256 === newer.sha256) return { lines: null, whyNoLines: 'identical' as const }
  if (older.size > mebibyte || newer.size > mebibyte) {
    return { lines: null, whyNoLines: 'too-large' as const }
  }
  const [before, after] = await Promise.all([readText(db, older), readText(db, newer)])
  if (before === undefined || after === undefined) {
    return { lines: null, whyNoLines: 'not-text' as const }
  }
  const lines = compareLines(before, after, comparedLineLimit)
  return lines ? { lines, whyNoLines: null } : { lines: null, whyNoLines: 'too-large' as const }
}

function refusalFor(outcome: Refused): Refusal {
  if (outcome.reason === 'package-not-found') return notFound('packaged component').refusal
  if (outcome.reason === 'drafts-refused') return draftsRefused(outcome.problems)
  if (outcome.reason === 'package-in-use') return packageInUse(outcome)
  return { code: outcome.reason, ...packageRefusals[outcome.reason] }
}

/** One reason for all gets its own words; several are named one by one. */
function draftsRefused(problems: readonly PlacedProblem[]): Refusal {
  const items = problems.map(({ index, componentId, reason }) => ({
    index,
    componentId,
    reason,
    message: draftRefusals[reason].message,
  }))
  const fields = problems.map(({ index, reason }) => ({
    path: `items.${index}.${draftRefusals[reason].field}`,
    message: draftRefusals[reason].message,
  }))
  const reasons = [...new Set(problems.map(({ reason }) => reason))]
  const [reason] = reasons
  if (reasons.length === 1 && reason) {
    const { status, message } = draftRefusals[reason]
    return { status, code: reason, message, fields, details: { items } }
  }
  return {
    status: 422,
    code: 'drafts-refused',
    message:
      'Some of these components cannot be packaged as asked, so none was. Mend those and send all again.',
    fields,
    details: { items },
  }
}

function packageInUse({
  package: { componentName, version },
  uses,
}: Extract<Refused, { reason: 'package-in-use' }>): Refusal {
  const why = uses.map(({ reason, where }) => {
    const names = where.map(({ name }) => `“${name}”`).join(', ')
    return `${useSentences[reason]}${where.length === 1 ? '' : 's'} ${names}`
  })
  return {
    status: 409,
    code: 'package-in-use',
    message: `Version ${version} of ${componentName} cannot be deleted: ${why.join(', and ')}.`,
    details: { uses },
  }
}
