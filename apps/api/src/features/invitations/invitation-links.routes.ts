import { endpoints } from '@packline/contract/endpoints.ts'
import {
  acceptedInvitation,
  invitationLinkBody,
  invitationLinkView,
  newUserBody,
} from '@packline/contract/invitations.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { limitRequests } from '../../platform/limit-requests.ts'
import { RequestRefused } from '../../platform/problems.ts'
import {
  clearVouchedCookie,
  readSessionCookie,
  readVouchedCookie,
  setSessionCookie,
} from '../../platform/session-cookie.ts'
import { acceptAsNewUser } from './accept-as-new-user.ts'
import { acceptAsUser } from './accept-as-user.ts'
import { acceptRefusal } from './invitations.refusals.ts'
import { readInvitationLink } from './invitations.views.ts'

const tags = ['Invitation links']

/** What whoever has the link of an invitation can do with it. The link's token comes in the body, never in an address. */
export const invitationLinkRoutes =
  ({ db, env }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    // Nobody guesses 256 bits; this keeps whoever tries from keeping the server busy.
    const preHandler = limitRequests(app, {
      max: 60,
      timeWindow: '1 minute',
      keyOf: ({ ip }) => ip,
      code: 'too-many-requests',
      tooMany: 'Too many links were opened from your network',
    })

    app.route({
      method: endpoints.readInvitation.method,
      url: endpoints.readInvitation.path,
      config: { access: 'public' },
      preHandler,
      schema: {
        tags,
        summary: 'Read what an invitation is about, by its link',
        security: [],
        body: invitationLinkBody,
        response: { 200: invitationLinkView, '4xx': problem },
      },
      handler: async (request) => {
        const read = await readInvitationLink(db, request.body.token, readVouchedCookie(request, env))
        if (read.kind === 'refused') throw new RequestRefused(acceptRefusal(read.reason))
        return read.view
      },
    })

    app.route({
      method: endpoints.acceptAsNewUser.method,
      url: endpoints.acceptAsNewUser.path,
      config: { access: 'public' },
      preHandler,
      schema: {
        tags,
        summary: 'Accept an invitation as somebody who has no user yet, and sign in',
        security: [],
        body: newUserBody,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const outcome = await acceptAsNewUser(db, {
          ...request.body,
          vouchToken: readVouchedCookie(request, env),
          formerToken: readSessionCookie(request, env),
          userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
          acceptLanguage: request.headers['accept-language'],
          address: request.ip,
          requestId: request.id,
        })
        if (outcome.kind === 'refused') throw new RequestRefused(acceptRefusal(outcome.reason))
        clearVouchedCookie(reply, env)
        setSessionCookie(reply, env, outcome.token)
        return reply.code(204).send(null)
      },
    })

    app.route({
      method: endpoints.acceptAsUser.method,
      url: endpoints.acceptAsUser.path,
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Accept an invitation as the one who is signed in',
        body: invitationLinkBody,
        response: { 200: acceptedInvitation, '4xx': problem },
      },
      handler: async (request) => {
        const outcome = await acceptAsUser(db, request.signedIn, request.body.token)
        if (outcome.kind === 'refused') throw new RequestRefused(acceptRefusal(outcome.reason))
        return { accountId: outcome.accountId }
      },
    })
  }
