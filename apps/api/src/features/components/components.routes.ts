import { Readable } from 'node:stream'
import {
  type ComponentDetails,
  componentDetails,
  componentPage,
  componentParams,
  componentQuery,
  createComponentBody,
  editComponentBody,
  folderList,
  maxContentBytes,
  revisionParams,
  revisionView,
} from '@packline/contract/components.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Tx } from '@packline/database/client.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { notFound, type Refusal, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { sendContent } from '../../platform/send-content.ts'
import { componentChanged, componentRefusals } from './components.refusals.ts'
import { findComponent, findRevisionContent, listComponents, listFolders } from './components.views.ts'
import { createComponent, type CreateComponentOutcome } from './create-component.ts'
import { deleteComponent, type DeleteComponentOutcome } from './delete-component.ts'
import { editComponent, type EditComponentOutcome } from './edit-component.ts'
import { addRevision, type AddContentOutcome, type Revision, uploadContent } from './upload-content.ts'

type Refused = Extract<
  CreateComponentOutcome | EditComponentOutcome | DeleteComponentOutcome | AddContentOutcome,
  { kind: 'refused' }
>

const componentEtag = (view: ComponentDetails) =>
  factsEtag([view.name, view.folder, view.containsProcessRoute, view.currentRevision], view)

const condition = requireUnchanged({
  find: (db, { actor, params }) =>
    findComponent(db, actor.accountId, componentParams.parse(params).componentId),
  etagOf: componentEtag,
  rowsOf: ({ id }) => [{ table: 'Component', where: { id } }],
  changed: componentChanged,
})

async function componentAnswer(
  tx: Tx,
  { accountId }: Actor,
  componentId: string,
  status: 200 | 201 = 200,
): Promise<Answer> {
  const body = await findComponent(tx, accountId, componentId)
  if (!body) throw new Error(`Component ${componentId} vanished in the transaction that changed it`)
  return { status, body, etag: componentEtag(body) }
}

/** Components: what gets packaged. A component has revisions, and each revision is the content uploaded for it. */
export const componentRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.listComponents.method,
      url: endpoints.listComponents.path,
      config: { access: 'view-components' },
      schema: {
        tags: ['Components'],
        summary: 'List components',
        querystring: componentQuery,
        response: { 200: componentPage, '4xx': problem },
      },
      handler: ({ actor, query }) => listComponents(deps.db, actor.accountId, query),
    })

    app.route({
      method: endpoints.listFolders.method,
      url: endpoints.listFolders.path,
      config: { access: 'view-components' },
      schema: {
        tags: ['Components'],
        summary: 'List the folders of components',
        response: { 200: folderList, '4xx': problem },
      },
      handler: ({ actor }) => listFolders(deps.db, actor.accountId),
    })

    app.route({
      method: endpoints.createComponent.method,
      url: endpoints.createComponent.path,
      config: { access: 'create-component' },
      schema: {
        tags: ['Components'],
        summary: 'Create a component',
        body: createComponentBody,
        response: { 201: componentDetails, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await createComponent(tx, actor, now, body)
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          return componentAnswer(tx, actor, outcome.componentId, 201)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.getComponent.method,
      url: endpoints.getComponent.path,
      config: { access: 'view-components' },
      schema: {
        tags: ['Components'],
        summary: 'Get a component with its revisions',
        params: componentParams,
        response: { 200: componentDetails, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const component = await findComponent(deps.db, actor.accountId, params.componentId)
        if (!component) throw notFound('component')
        return reply.header('etag', componentEtag(component)).send(component)
      },
    })

    app.route({
      method: endpoints.editComponent.method,
      url: endpoints.editComponent.path,
      config: { access: 'edit-component', condition },
      schema: {
        tags: ['Components'],
        summary: 'Edit name, folder and Process Route of a component',
        params: componentParams,
        body: editComponentBody,
        response: { 200: componentDetails, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const { componentId } = request.params
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await editComponent(tx, actor, now, { componentId, changes: body })
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          return componentAnswer(tx, actor, componentId)
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.deleteComponent.method,
      url: endpoints.deleteComponent.path,
      config: { access: 'delete-component', condition },
      schema: {
        tags: ['Components'],
        summary: 'Delete a component that is in no integration pack',
        params: componentParams,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await deleteComponent(tx, request.actor, now, request.params.componentId)
          if (outcome.kind === 'refused') return refused(request, refusalFor(outcome))
          return { status: 204, body: null }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.downloadContent.method,
      url: endpoints.downloadContent.path,
      // Ranges count the stored bytes.
      compress: false,
      config: { access: 'view-components' },
      schema: {
        tags: ['Components'],
        summary: 'Download the content of a revision',
        params: revisionParams,
        response: { '4xx': problem },
      },
      handler: async (request, reply) => {
        const content = await findRevisionContent(deps.db, request.actor.accountId, request.params)
        if (!content) throw notFound('revision')
        const fileName = `${content.name} r${request.params.revision}`
        return sendContent(deps.db, request, reply, { ...content, fileName })
      },
    })
  }

/** The upload takes its body as it comes, whatever its type, so it has a parser of its own. */
export const uploadRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, body, done) => done(null, body))
    app.addHook('onRequest', async ({ raw }) => {
      // Fastify refuses a content type that is none before any parser is asked.
      raw.headers['content-type'] = mediaTypeOf(raw.headers['content-type'])
    })

    app.route({
      method: endpoints.uploadContent.method,
      url: endpoints.uploadContent.path,
      config: { access: 'upload-component', condition },
      schema: {
        tags: ['Components'],
        summary: 'Upload the content of the next revision: any bytes, at most 25 MB',
        params: componentParams,
        response: { 200: revisionView, 201: revisionView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, params, headers } = request
        if (Number(headers['content-length'] ?? 0) > maxContentBytes) {
          throw new RequestRefused(refusalFor({ kind: 'refused', reason: 'content-too-large' }))
        }
        const body = request.body instanceof Readable ? request.body : Readable.from([])
        const { componentId } = params
        const mediaType = headers['content-type'] ?? 'application/octet-stream'
        const upload = { componentId, bytes: bytesOf(body), mediaType, limit: maxContentBytes }
        const outcome = await uploadContent(deps.db, actor, upload, async (content) => {
          let isContentUsed = false
          const add = async (tx: Tx, now: Temporal.Instant) => {
            const added = await addRevision(tx, actor, { componentId, content, mediaType }, now)
            isContentUsed = added.kind === 'added'
            return added.kind === 'refused'
              ? refused(request, refusalFor(added))
              : revisionAnswer(added.kind === 'added' ? 201 : 200, added.revision)
          }
          const answer = await write(deps, request, add, { sha256: content.sha256, mediaType })
          return { answer, isContentUsed }
        })
        // What was not read is let through to nowhere: a sender that still sends would not see the answer.
        body.resume()
        if (outcome.kind === 'refused') throw new RequestRefused(refusalFor(outcome))
        return sendAnswer(reply, outcome.answer)
      },
    })
  }

const revisionAnswer = (status: 200 | 201, { createdAt, ...revision }: Revision): Answer => ({
  status,
  body: { ...revision, createdAt: createdAt.toString() },
})

/** The pieces as they arrive. Reading may stop anywhere; the connection stays, so that an answer can be given on it. */
async function* bytesOf(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      if (piece instanceof Uint8Array) yield piece
    }
  } catch {
    throw new RequestRefused({
      status: 400,
      code: 'upload-incomplete',
      message: 'The upload ended before the whole content had arrived. Nothing was kept; upload it again.',
    })
  }
}

function mediaTypeOf(header: string | undefined): string {
  const isUsable =
    header !== undefined && header.length <= 255 && /^[\w.+-]+\/[\w.+-]+\s*(;[\x20-\x7e]*)?$/.test(header)
  return isUsable ? header : 'application/octet-stream'
}

function refusalFor(outcome: Refused): Refusal {
  const { reason } = outcome
  if (reason === 'component-not-found') return notFound('component').refusal
  if (reason !== 'component-in-packs') return { code: reason, ...componentRefusals[reason] }
  const [packs, thePacks] = outcome.packs.length === 1 ? ['pack', 'the pack'] : ['packs', 'the packs']
  const names = outcome.packs.map(({ name }) => `“${name}”`).join(', ')
  return {
    code: reason,
    status: componentRefusals[reason].status,
    message: `This component is in the integration ${packs} ${names}. Remove it there and release ${thePacks} first.`,
    details: { packs: outcome.packs },
  }
}
