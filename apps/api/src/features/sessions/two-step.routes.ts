import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import { sessionView } from '@packline/contract/session.ts'
import {
  codeKey,
  firstCodeBody,
  passwordAndCodeBody,
  recoveryCodes,
  signInCodeBody,
  startTwoStepBody,
  twoStepView,
} from '@packline/contract/two-step-sign-in.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { RequestRefused } from '../../platform/problems.ts'
import {
  clearTicketCookie,
  readSessionCookie,
  readTicketCookie,
  setSessionCookie,
} from '../../platform/session-cookie.ts'
import { countTry } from '../../platform/sign-in-limit.ts'
import { changeTwoStep } from './change-two-step.ts'
import { refusingSlowly } from './check-password.ts'
import { renewRecoveryCodes } from './renew-recovery-codes.ts'
import { stillThere } from './sessions.refusals.ts'
import { getSessionView } from './sessions.views.ts'
import { signInByCode } from './sign-in-by-code.ts'
import { startTwoStep } from './start-two-step.ts'
import { disableTwoStep } from './disable-two-step.ts'
import { enableTwoStep } from './enable-two-step.ts'
import { codeRefused, signInTooLate, twoStepRefusal } from './two-step.refusals.ts'
import { getTwoStepView } from './two-step.views.ts'

const tags = ['Two-step sign-in']
/** As where the password is changed: each may cost a hash. */
const rateLimit = { max: 30, timeWindow: '1 minute' }

/** The second step of signing in, and turning it on and off for oneself. */
export const twoStepRoutes =
  ({ db, env, secrets }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.signInByCode.method,
      url: endpoints.signInByCode.path,
      config: { access: 'public', rateLimit: false },
      preHandler: (request) => countTry(db, request, `ticket ${readTicketCookie(request, env) ?? ''}`),
      schema: {
        tags: ['Session'],
        summary: 'Go on signing in with a one-time code or a recovery code',
        security: [],
        body: signInCodeBody,
        response: { 200: sessionView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const outcome = await refusingSlowly(() =>
          signInByCode(db, secrets, {
            ...request.body,
            ticket: readTicketCookie(request, env),
            formerToken: readSessionCookie(request, env),
            userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
            acceptLanguage: request.headers['accept-language'],
            address: request.ip,
            requestId: request.id,
          }),
        )
        if (outcome.kind === 'refused') {
          const { userId, reason } = outcome
          request.log.warn({ userId, reason }, 'second step of a sign-in refused')
          if (reason === 'too-late') clearTicketCookie(reply, env)
          throw new RequestRefused(reason === 'too-late' ? signInTooLate : codeRefused)
        }
        clearTicketCookie(reply, env)
        setSessionCookie(reply, env, outcome.token)
        return stillThere(await getSessionView(db, outcome.sessionId))
      },
    })

    app.route({
      method: endpoints.getTwoStep.method,
      url: endpoints.getTwoStep.path,
      config: { access: 'turn-on-two-step' },
      schema: {
        tags,
        summary: 'Whether your sign-in asks for a code',
        response: { 200: twoStepView, '4xx': problem },
      },
      handler: ({ actor }) => getTwoStepView(db, actor.userId),
    })

    app.route({
      method: endpoints.startTwoStep.method,
      url: endpoints.startTwoStep.path,
      config: { access: 'turn-on-two-step', rateLimit },
      schema: {
        tags,
        summary: 'Make a key for one-time codes; the first code turns two-step sign-in on',
        body: startTwoStepBody,
        response: { 201: codeKey, '4xx': problem },
      },
      handler: async ({ actor, body }, reply) => {
        const outcome = await startTwoStep(db, secrets, actor, body.password)
        if (outcome.kind === 'refused') throw new RequestRefused(twoStepRefusal(outcome.reason))
        const { key, address } = outcome
        return reply.code(201).send({ key, address })
      },
    })

    app.route({
      method: endpoints.turnOnTwoStep.method,
      url: endpoints.turnOnTwoStep.path,
      config: { access: 'turn-on-two-step', rateLimit },
      schema: {
        tags,
        summary: 'Turn two-step sign-in on with the first code, and end all other sessions',
        body: firstCodeBody,
        response: { 200: recoveryCodes, '4xx': problem },
      },
      handler: async ({ actor, signedIn: { sessionId }, body }, reply) => {
        const outcome = await enableTwoStep(db, secrets, actor, { sessionId, ...body })
        if (outcome.kind === 'refused') throw new RequestRefused(twoStepRefusal(outcome.reason))
        setSessionCookie(reply, env, outcome.token)
        return { recoveryCodes: outcome.recoveryCodes }
      },
    })

    app.route({
      method: endpoints.turnOffTwoStep.method,
      url: endpoints.turnOffTwoStep.path,
      config: { access: 'manage-own-profile', rateLimit },
      schema: {
        tags,
        summary: 'Turn two-step sign-in off and end all other sessions',
        body: passwordAndCodeBody,
        response: { 204: z.null(), '4xx': problem },
      },
      handler: async ({ actor, signedIn: { sessionId }, body }, reply) => {
        const outcome = await changeTwoStep({ db, secrets }, actor, body, (tx, now) =>
          disableTwoStep(tx, actor, sessionId, now),
        )
        if (outcome.kind === 'refused') throw new RequestRefused(twoStepRefusal(outcome.reason))
        setSessionCookie(reply, env, outcome.value)
        return reply.code(204).send(null)
      },
    })

    app.route({
      method: endpoints.renewRecoveryCodes.method,
      url: endpoints.renewRecoveryCodes.path,
      config: { access: 'manage-own-profile', rateLimit },
      schema: {
        tags,
        summary: 'Make new recovery codes; the former ones work no more',
        body: passwordAndCodeBody,
        response: { 200: recoveryCodes, '4xx': problem },
      },
      handler: async ({ actor, body }) => {
        const outcome = await changeTwoStep({ db, secrets }, actor, body, (tx, now) =>
          renewRecoveryCodes(tx, actor, now),
        )
        if (outcome.kind === 'refused') throw new RequestRefused(twoStepRefusal(outcome.reason))
        return { recoveryCodes: outcome.value }
      },
    })
  }
