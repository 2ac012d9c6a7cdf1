import { endpoints } from '@packline/contract/endpoints.ts'
import { problem } from '@packline/contract/problem.ts'
import {
  accountChoicePage,
  accountChoiceQuery,
  chooseAccountBody,
  deviceParams,
  deviceView,
  passwordBody,
  type SessionView,
  sessionView,
  signInBody,
} from '@packline/contract/session.ts'
import { codeNeeded } from '@packline/contract/two-step-sign-in.ts'
import { badSignInLimit, lockMinutes } from '@packline/domain/accounts/sign-in-lock.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { refused, write } from '../../platform/idempotency.ts'
import { passwordSentences } from '../../platform/password-sentences.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import {
  clearSessionCookie,
  readSessionCookie,
  setSessionCookie,
  setTicketCookie,
} from '../../platform/session-cookie.ts'
import { limitSignIns } from '../../platform/sign-in-limit.ts'
import { changePassword, type ChangePasswordRefusal } from './change-password.ts'
import { chooseAccount } from './choose-account.ts'
import { revokeSession } from './revoke-session.ts'
import { listMyAccounts } from './my-accounts.views.ts'
import { stillThere } from './sessions.refusals.ts'
import { getSessionView, listDevices } from './sessions.views.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

const tags = ['Session']
const done = z.null()

const sessionEtag = (view: SessionView) => factsEtag([view.account?.id], view)

const condition = requireUnchanged({
  find: async (db, { signedIn }) => stillThere(await getSessionView(db, signedIn.sessionId)),
  etagOf: sessionEtag,
  rowsOf: (_view, { signedIn }) => [{ table: 'Session', where: { id: signedIn.sessionId } }],
  changed: {
    code: 'session-changed',
    message: 'This session works in another account by now. Look at which one it is, then choose again.',
  },
})

/** Signing in and out, the account worked in, and the devices signed in on. */
export const sessionRoutes =
  ({ db, env }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: endpoints.signIn.method,
      url: endpoints.signIn.path,
      config: { access: 'public', rateLimit: false },
      preHandler: limitSignIns(db),
      schema: {
        tags,
        summary: 'Sign in',
        security: [],
        body: signInBody,
        response: { 200: sessionView, 202: codeNeeded, '4xx': problem },
      },
      handler: async (request, reply) => {
        const outcome = await signIn(db, {
          ...request.body,
          formerToken: readSessionCookie(request, env),
          userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
          acceptLanguage: request.headers['accept-language'],
          address: request.ip,
          requestId: request.id,
        })
        if (outcome.kind === 'refused') {
          request.log.warn({ userId: outcome.userId, reason: outcome.reason }, 'sign-in refused')
          throw new RequestRefused(signInRefused)
        }
        if (outcome.kind === 'code-needed') {
          setTicketCookie(reply, env, outcome.ticket)
          return reply.code(202).send({ needsCode: true })
        }
        setSessionCookie(reply, env, outcome.token)
        return stillThere(await getSessionView(db, outcome.sessionId))
      },
    })

    app.route({
      method: endpoints.getSession.method,
      url: endpoints.getSession.path,
      config: { access: 'signed-in' },
      schema: { tags, summary: 'Who is signed in', response: { 200: sessionView, '4xx': problem } },
      handler: async ({ signedIn }, reply) => {
        const session = stillThere(await getSessionView(db, signedIn.sessionId))
        return reply.header('etag', sessionEtag(session)).send(session)
      },
    })

    app.route({
      method: endpoints.listMyAccounts.method,
      url: endpoints.listMyAccounts.path,
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'List the accounts the user may work in, by page',
        querystring: accountChoiceQuery,
        response: { 200: accountChoicePage, '4xx': problem },
      },
      handler: ({ signedIn, query }) => listMyAccounts(db, signedIn.userId, query),
    })

    app.route({
      method: endpoints.chooseAccount.method,
      url: endpoints.chooseAccount.path,
      config: { access: 'signed-in', condition },
      schema: {
        tags,
        summary: 'Choose the account to work in',
        body: chooseAccountBody,
        response: { 200: sessionView, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { signedIn, body } = request
        const answer = await write({ db }, request, async (tx, now) => {
          const outcome = await chooseAccount(tx, signedIn, body.accountId, now)
          if (outcome !== 'chosen') return refused(request, accountRefusals[outcome])
          const session = stillThere(await getSessionView(tx, signedIn.sessionId))
          return { status: 200, body: session, etag: sessionEtag(session) }
        })
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.signOut.method,
      url: endpoints.signOut.path,
      // Also for a session that has ended: its cookie goes, and nobody is told to sign in before signing out.
      config: { access: 'public' },
      schema: { tags, summary: 'Sign out', response: { 204: done, '4xx': problem } },
      handler: async (request, reply) => {
        await signOut(db, readSessionCookie(request, env), request.id)
        clearSessionCookie(reply, env)
        // Not "cookies": browsers would drop those of every port of this host.
        return reply.header('clear-site-data', '"cache", "storage"').code(204).send(null)
      },
    })

    app.route({
      method: endpoints.listDevices.method,
      url: endpoints.listDevices.path,
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Where the user is signed in',
        response: { 200: z.array(deviceView), '4xx': problem },
      },
      handler: ({ signedIn }) => listDevices(db, signedIn.userId, signedIn.sessionId),
    })

    app.route({
      method: endpoints.revokeDevice.method,
      url: endpoints.revokeDevice.path,
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Sign out on another device',
        params: deviceParams,
        response: { 204: done, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { signedIn, params } = request
        const answer = await write({ db }, request, async (tx, now) =>
          (await revokeSession(tx, signedIn, params.sessionId, now))
            ? { status: 204, body: null }
            : refused(request, notFound('session').refusal),
        )
        if (answer.status === 204 && params.sessionId === signedIn.sessionId) clearSessionCookie(reply, env)
        return sendAnswer(reply, answer)
      },
    })

    app.route({
      method: endpoints.changePassword.method,
      url: endpoints.changePassword.path,
      config: { access: 'manage-own-profile', rateLimit: { max: 30, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'Change the password and end all other sessions',
        body: passwordBody,
        response: { 204: done, '4xx': problem },
      },
      handler: async (request, reply) => {
        const outcome = await changePassword(db, request.actor, {
          sessionId: request.signedIn.sessionId,
          ...request.body,
        })
        if (outcome.kind === 'refused') {
          throw new RequestRefused({ code: outcome.reason, ...passwordRefusals[outcome.reason] })
        }
        setSessionCookie(reply, env, outcome.token)
        return reply.code(204).send(null)
      },
    })
  }

/** One answer for an unknown user, a wrong password and a locked user: none of them is anybody's business. */
const signInRefused = {
  status: 401,
  code: 'sign-in-refused',
  message:
    'The e-mail address or the password is not right. ' +
    `After ${badSignInLimit} bad sign-ins a user is locked for ${lockMinutes} minutes.`,
}

const accountRefusals = {
  absent: {
    status: 404,
    code: 'account-not-found',
    message: 'There is no such account among yours.',
  },
  suspended: {
    status: 409,
    code: 'account-suspended',
    message: 'This account is suspended. Its publisher can reactivate it.',
  },
}

const passwordRefusals: Record<ChangePasswordRefusal, { status: number; message: string }> = {
  'current-password-wrong': { status: 422, message: 'The current password is not right.' },
  'user-locked': {
    status: 429,
    message: `The current password was wrong too often. Try again in ${lockMinutes} minutes.`,
  },
  'password-too-short': { status: 422, message: passwordSentences['password-too-short'] },
  'password-too-long': { status: 422, message: passwordSentences['password-too-long'] },
  'password-too-common': { status: 422, message: passwordSentences['password-too-common'] },
  'password-is-email': { status: 422, message: passwordSentences['password-is-email'] },
}
