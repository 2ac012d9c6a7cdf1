import { endpoints } from '@packline/contract/endpoints.ts'
import { singleSignOnQuery } from '@packline/contract/session.ts'
import { invitationPage } from '@packline/domain/accounts/invitation-page.ts'
import type { SingleSignOnProblem } from '@packline/domain/accounts/single-sign-on.ts'
import { ownPath } from '@packline/domain/text/own-path.ts'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../platform/deps.ts'
import { createOpenIdProvider } from '../../platform/openid-provider.ts'
import {
  clearSignOnCookie,
  readSessionCookie,
  readSignOnCookie,
  setSessionCookie,
  setSignOnCookie,
  setVouchedCookie,
} from '../../platform/session-cookie.ts'
import { finishSingleSignOn } from './finish-single-sign-on.ts'
import { startSingleSignOn } from './start-single-sign-on.ts'

const tags = ['Session']
const moved = z.null()
/** Each costs a row and a question to the provider, and whoever asks is nobody yet. */
const rateLimit = { max: 60, timeWindow: '1 minute' }

/**
 * Single sign-on with an OpenID provider. Both routes are navigations of a browser, not calls of the web app: whatever
 * happens ends at a page, and what went wrong is told on the sign-in page, where the password still works.
 */
export const singleSignOnRoutes =
  ({ db, env }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { oidc, publicUrl } = env
    if (!oidc || !publicUrl) return
    const provider = createOpenIdProvider(oidc, new URL(`/api/v1${endpoints.finishSignOn.path}`, publicUrl))
    // Absolute, so that no path can turn out to be another host.
    const goTo = (reply: FastifyReply, path: string) => reply.redirect(new URL(publicUrl).origin + path, 302)
    const toSignIn = (reply: FastifyReply, problem: SingleSignOnProblem, returnTo: string) => {
      const query = new URLSearchParams({ problem: `sign-on-${problem}` })
      if (returnTo !== '/') query.set('returnTo', returnTo)
      return goTo(reply, `/sign-in?${query.toString()}`)
    }

    app.route({
      method: endpoints.startSignOn.method,
      url: endpoints.startSignOn.path,
      config: { access: 'public', rateLimit },
      schema: {
        tags,
        summary: 'Go to the OpenID provider to sign in',
        security: [],
        querystring: singleSignOnQuery,
        response: { 302: moved },
      },
      handler: async (request, reply) => {
        const returnTo = ownPath(request.query.returnTo) ?? '/'
        const formerToken = readSessionCookie(request, env)
        const asAnother = request.query.as === 'another'
        const started = await startSingleSignOn(db, provider, { returnTo, asAnother, formerToken })
        if (started.kind === 'refused') {
          request.log.error({ err: started.cause }, 'the OpenID provider cannot be asked')
          return toSignIn(reply, 'unavailable', returnTo)
        }
        setSignOnCookie(reply, env, started.token)
        return reply.redirect(started.url.href, 302)
      },
    })

    app.route({
      method: endpoints.finishSignOn.method,
      url: endpoints.finishSignOn.path,
      config: { access: 'public', rateLimit },
      schema: {
        tags,
        summary: 'Come back from the OpenID provider',
        security: [],
        response: { 302: moved },
      },
      handler: async (request, reply) => {
        const outcome = await finishSingleSignOn(db, provider, {
          token: readSignOnCookie(request, env),
          query: new URL(request.url, publicUrl).searchParams,
          userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
          acceptLanguage: request.headers['accept-language'],
          address: request.ip,
          requestId: request.id,
        })
        clearSignOnCookie(reply, env)
        if (outcome.kind === 'refused') {
          request.log.warn({ reason: outcome.reason, err: outcome.cause }, 'single sign-on refused')
          return toSignIn(reply, outcome.reason, outcome.returnTo)
        }
        if (outcome.kind === 'vouched') {
          setVouchedCookie(reply, env, outcome.token)
          return goTo(reply, outcome.returnTo)
        }
        setSessionCookie(reply, env, outcome.token)
        const { accountId, returnTo } = outcome
        // Whoever accepts an invitation enters its account.
        const choosesFirst = accountId === null && returnTo !== invitationPage
        const chosen = new URLSearchParams({ returnTo })
        return goTo(reply, choosesFirst ? `/choose-account?${chosen.toString()}` : returnTo)
      },
    })
  }
