import { accountUserParams, sentReset } from '@packline/contract/account-users.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { newPasswordBody, resetRequestBody, resetRequested } from '@packline/contract/password-resets.ts'
import { problem } from '@packline/contract/problem.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { limitRequests } from '../../platform/limit-requests.ts'
import { mailLinkBase } from '../../platform/mail-links.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { clearSessionCookie } from '../../platform/session-cookie.ts'
import { resetRefusal } from './password-resets.refusals.ts'
import { requestReset } from './request-reset.ts'
import { resetPassword } from './reset-password.ts'
import { sendReset } from './send-reset.ts'

const tags = ['Passwords']

/** Setting a new password by a link: asked for by oneself, sent by an administrator, used by whoever has it. */
export const passwordResetRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const linkBase = mailLinkBase(deps.env)
    const limitByNetwork = limitRequests(app, {
      max: 20,
      timeWindow: '1 minute',
      keyOf: ({ ip }) => ip,
      code: 'too-many-resets',
      tooMany: 'Too many links for new passwords were asked for or used from your network',
    })

    app.route({
      method: endpoints.requestPasswordReset.method,
      url: endpoints.requestPasswordReset.path,
      config: { access: 'public' },
      preHandler: limitByNetwork,
      schema: {
        tags,
        summary: 'Ask for a link to set a new password; the answer is the same for every address',
        security: [],
        body: resetRequestBody,
        response: { 202: resetRequested, '4xx': problem },
      },
      handler: async (request, reply) => {
        await requestReset(deps.db, { ...request.body, linkBase })
        return reply.code(202).send({ hasMailServer: linkBase !== null })
      },
    })

    app.route({
      method: endpoints.resetPassword.method,
      url: endpoints.resetPassword.path,
      config: { access: 'public' },
      preHandler: limitByNetwork,
      schema: {
        tags,
        summary: 'Set a new password by a link',
        security: [],
        body: newPasswordBody,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const outcome = await resetPassword(deps.db, { ...request.body, requestId: request.id })
        if (outcome.kind === 'refused') throw new RequestRefused(resetRefusal(outcome.reason))
        // Whichever session this browser had: the new password is shown to work by signing in with it.
        clearSessionCookie(reply, deps.env)
        return reply.code(204).send(null)
      },
    })

    app.route({
      method: endpoints.sendPasswordReset.method,
      url: endpoints.sendPasswordReset.path,
      config: { access: 'reset-user-password' },
      schema: {
        tags: ['Users of the account'],
        summary: 'Send a user of this account a link to set a new password',
        params: accountUserParams,
        response: { 201: sentReset, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { userId } = request.params
        const answer = await write(deps, request, async (tx, now) => {
          const outcome = await sendReset(tx, request.actor, { userId, linkBase }, now)
          if (outcome.kind === 'absent') return refused(request, notFound('user').refusal)
          if (outcome.kind === 'refused') return refused(request, resetRefusal(outcome.reason))
          const { email, link } = outcome
          const body = { email, isMailed: link === null }
          return { status: 201, body: { ...body, link }, repeatedBody: { ...body, link: null } }
        })
        return sendAnswer(reply, answer)
      },
    })
  }
