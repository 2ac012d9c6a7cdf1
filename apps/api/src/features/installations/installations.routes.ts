import { endpoints } from '@packline/contract/endpoints.ts'
import {
  attachBody,
  availablePackDetails,
  availablePacks,
  browseQuery,
  detachBody,
  detachPreview,
  installationList,
  installationParams,
  type InstallationView,
  installationView,
  installBody,
} from '@packline/contract/installations.ts'
import { packParams } from '@packline/contract/integration-packs.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { attachInstallation, type AttachOutcome } from './attach-installation.ts'
import { attachToAtoms } from './attach-to-atoms.ts'
import { browsePack, browsePacks } from './browse.views.ts'
import { detachInstallation } from './detach-installation.ts'
import { installPack, type InstallOutcome } from './install-pack.ts'
import {
  atomPlaceRefusal,
  attachRefusal,
  installationChanged,
  installRefusal,
} from './installations.refusals.ts'
import { findInstallation, listInstallations, previewDetach } from './installations.views.ts'
import { uninstallPack } from './uninstall-pack.ts'

const tags = ['Installations']
const absent = notFound('installation').refusal

const installationEtag = (view: InstallationView) =>
  factsEtag(view.attached.map(({ attachmentId }) => attachmentId).toSorted(), view)

const condition = requireUnchanged({
  find: (db, { actor, params }) =>
    findInstallation(db, actor, installationParams.parse(params).installationId),
  etagOf: installationEtag,
  rowsOf: ({ id, packId }) => [
    { table: 'IntegrationPack', where: { id: packId }, isShared: true },
    { table: 'Installation', where: { id } },
  ],
  changed: installationChanged,
})

/** Answers a change with the installation as it is now. */
async function installationAnswer(
  tx: Tx,
  request: FastifyRequest,
  installationId: string,
  status: 200 | 201 = 200,
): Promise<Answer> {
  const body = await findInstallation(tx, request.actor, installationId)
  return body ? { status, body, etag: installationEtag(body) } : refused(request, absent)
}

const attachedAnswer = (
  tx: Tx,
  request: FastifyRequest,
  { installationId, outcome }: { installationId: string; outcome: AttachOutcome },
): Promise<Answer> | Answer =>
  outcome.kind === 'attached' ? installationAnswer(tx, request, installationId) : refuse(request, outcome)

function refuse(request: FastifyRequest, outcome: Exclude<InstallOutcome, { kind: 'installed' }>): Answer {
  if (outcome.kind === 'absent') return refused(request, absent)
  return refused(
    request,
    outcome.kind === 'refused'
      ? installRefusal(outcome.reason)
      : attachRefusal(outcome.reason, outcome.environmentNames),
  )
}

/** What a managed account does with the integration packs shared with it. */
export const installationRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.browsePacks.method,
      url: endpoints.browsePacks.path,
      config: { access: 'browse-packs' },
      schema: {
        tags,
        summary: 'List the integration packs that this account may install',
        querystring: browseQuery,
        response: { 200: availablePacks, '4xx': problem },
      },
      handler: ({ actor, query }) => browsePacks(deps.db, actor.accountId, query.filter),
    })

    app.route({
      method: endpoints.browsePack.method,
      url: endpoints.browsePack.path,
      config: { access: 'browse-packs' },
      schema: {
        tags,
        summary: 'Read what an integration pack contains before installing it',
        params: packParams,
        response: { 200: availablePackDetails, '4xx': problem },
      },
      handler: async ({ actor, params }) => {
        const found = await browsePack(deps.db, actor, params.packId)
        if (!found) throw new RequestRefused(installRefusal('pack-not-available'))
        return found
      },
    })

    app.route({
      method: endpoints.listInstallations.method,
      url: endpoints.listInstallations.path,
      config: { access: 'view-installations' },
      schema: {
        tags,
        summary: 'List the installed integration packs',
        response: { 200: installationList, '4xx': problem },
      },
      handler: ({ actor }) => listInstallations(deps.db, actor.accountId),
    })

    app.route({
      method: endpoints.getInstallation.method,
      url: endpoints.getInstallation.path,
      config: { access: 'view-installations' },
      schema: {
        tags,
        summary: 'Read an installation and where it is attached',
        params: installationParams,
        response: { 200: installationView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const found = await findInstallation(deps.db, actor, params.installationId)
        if (!found) throw notFound('installation')
        return reply.header('etag', installationEtag(found)).send(found)
      },
    })

    app.route({
      method: endpoints.install.method,
      url: endpoints.install.path,
      config: { access: 'install-pack' },
      schema: {
        tags,
        summary: 'Install an integration pack, and attach it in the same step where asked',
        body: installBody,
        response: { 201: installationView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx) => {
          const outcome = await installPack(tx, request.actor, request.body)
          return outcome.kind === 'installed'
            ? installationAnswer(tx, request, outcome.installationId, 201)
            : refuse(request, outcome)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.uninstall.method,
      url: endpoints.uninstall.path,
      config: { access: 'uninstall-pack', condition },
      schema: {
        tags,
        summary: 'Uninstall an integration pack from this account',
        params: installationParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx) => {
          const { kind } = await uninstallPack(tx, request.actor, request.params.installationId)
          return kind === 'uninstalled' ? { status: 204, body: null } : refused(request, absent)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.attach.method,
      url: endpoints.attach.path,
      config: { access: 'attach-pack', condition },
      schema: {
        tags,
        summary: 'Attach an installation to environments or, with legacy deployment, to Atoms',
        params: installationParams,
        body: attachBody,
        response: { 200: installationView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const input = { ...params, ...body }
          if (body.atomIds.length > 0) {
            const outcome = await attachToAtoms(tx, actor, input, now)
            if (outcome.kind === 'refused') return refused(request, atomPlaceRefusal(outcome.reason))
            return attachedAnswer(tx, request, { ...params, outcome })
          }
          const outcome = await attachInstallation(tx, actor, input)
          return attachedAnswer(tx, request, { ...params, outcome })
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.previewDetach.method,
      url: endpoints.previewDetach.path,
      config: { access: 'detach-pack' },
      schema: {
        tags,
        summary: 'Say what detaching would undo',
        params: installationParams,
        body: detachBody,
        response: { 200: detachPreview, '4xx': problem },
      },
      handler: async ({ actor, params, body }) => {
        const found = await previewDetach(
          deps.db,
          actor.accountId,
          params.installationId,
          body.environmentIds,
        )
        if (found.kind === 'absent') throw notFound('installation')
        if (found.kind === 'not-attached') throw new RequestRefused(attachRefusal('not-attached'))
        return found.preview
      },
    })

    app.route({
      method: endpoints.detach.method,
      url: endpoints.detach.path,
      config: { access: 'detach-pack', condition },
      schema: {
        tags,
        summary: 'Detach an installation from environments',
        params: installationParams,
        body: detachBody,
        response: { 200: installationView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, body } = request
        const answer = await write(deps, request, async (tx) => {
          const outcome = await detachInstallation(tx, actor, { ...params, ...body })
          if (outcome.kind === 'detached') return installationAnswer(tx, request, params.installationId)
          return refused(request, outcome.kind === 'absent' ? absent : attachRefusal(outcome.reason))
        })
        return sendAnswer(reply, answer)
      },
    })
  }
