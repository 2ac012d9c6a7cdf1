import {
  atomEndpoints,
  desiredQuery,
  desiredState,
  packageContentParams,
  registrationBody,
  registrationView,
  reportBody,
  reportView,
  rotationBody,
  rotationView,
} from '@packline/contract/atom-protocol.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { createWakeUps } from '../../platform/atom-wake-ups.ts'
import { businessNow } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { RequestRefused } from '../../platform/problems.ts'
import { sendContent } from '../../platform/send-content.ts'
import { atomRefusals } from './atom-protocol.refusals.ts'
import { deliverDesiredState } from './deliver-desired-state.ts'
import { findNeededContent } from './needed-content.views.ts'
import { registerNode } from './register-node.ts'
import { reportDelivery } from './report-delivery.ts'
import { rotateCredential } from './rotate-credential.ts'

/** No message of an Atom is longer. */
const bodyLimit = 16 * 1_024

/** What Atoms call, with their own credential; never documented to browsers, never with a cookie. */
export const atomProtocolRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const wakeUps = createWakeUps(deps.signals)
    const nextDesired = deliverDesiredState(deps.atomDb, wakeUps)
    // Before the server waits for requests to end: these would wait for something to change.
    app.addHook('preClose', async () => wakeUps.close())

    app.route({
      method: atomEndpoints.register.method,
      url: atomEndpoints.register.path,
      config: { access: 'public' },
      bodyLimit,
      schema: { hide: true, body: registrationBody, response: { 201: registrationView, '4xx': problem } },
      handler: async ({ body, ip: address, id: requestId }, reply) => {
        const outcome = await deps.atomDb.$transaction(async (tx) =>
          registerNode(tx, { ...body, address, requestId }, await businessNow(tx)),
        )
        if (outcome.kind === 'refused') throw new RequestRefused(atomRefusals[outcome.reason])
        return reply.code(201).send(outcome.node)
      },
    })

    app.route({
      method: atomEndpoints.getDesired.method,
      url: atomEndpoints.getDesired.path,
      config: { access: 'atom' },
      // A thousand of these a minute say nothing.
      logLevel: 'warn',
      schema: {
        hide: true,
        querystring: desiredQuery,
        response: { 200: desiredState, 204: z.null(), '4xx': problem },
      },
      handler: async ({ atom, query }, reply) => {
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        const outcome = await nextDesired({
          nodeId: atom.nodeId,
          after: query.after,
          waitMillis: query.wait * 1_000,
          gone: gone.signal,
        })
        if (outcome.kind === 'refused') throw new RequestRefused(atomRefusals[outcome.reason])
        if (outcome.kind === 'desired') return reply.send(outcome.desired)
        return reply.code(204).send(null)
      },
    })

    app.route({
      method: atomEndpoints.downloadPackage.method,
      url: atomEndpoints.downloadPackage.path,
      // Ranges count the stored bytes.
      compress: false,
      config: { access: 'atom' },
      schema: { hide: true, params: packageContentParams },
      handler: async (request, reply) => {
        const content = await findNeededContent(deps.atomDb, request.atom.atomId, request.params.packageId)
        if (!content) throw new RequestRefused(atomRefusals['deployment-not-found'])
        if (content.isHeld) throw new RequestRefused(atomRefusals['account-held'])
        return sendContent(deps.atomDb, request, reply, content)
      },
    })

    app.route({
      method: atomEndpoints.report.method,
      url: atomEndpoints.report.path,
      config: { access: 'atom' },
      bodyLimit,
      schema: { hide: true, body: reportBody, response: { 200: reportView, '4xx': problem } },
      handler: async ({ atom, body }) => {
        const outcome = await deps.atomDb.$transaction(async (tx) =>
          reportDelivery(tx, atom, await businessNow(tx), body),
        )
        if (outcome.kind === 'refused') throw new RequestRefused(atomRefusals[outcome.reason])
        return { state: outcome.state }
      },
    })

    app.route({
      method: atomEndpoints.rotateCredential.method,
      url: atomEndpoints.rotateCredential.path,
      config: { access: 'atom' },
      bodyLimit,
      schema: { hide: true, body: rotationBody, response: { 200: rotationView, '4xx': problem } },
      handler: async ({ atom, body }) => {
        const outcome = await deps.atomDb.$transaction(async (tx) =>
          rotateCredential(tx, atom, await businessNow(tx), body.credential),
        )
        if (outcome.kind === 'refused') throw new RequestRefused(atomRefusals[outcome.reason])
        return { nodeId: atom.nodeId }
      },
    })
  }
