import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionDays, signOnMinutes } from '@packline/domain/accounts/session-limits.ts'
import { codeMinutes } from '@packline/domain/accounts/two-step-sign-in.ts'
import { type Env, isOverHttps } from './env.ts'
import { sessionCookie } from './session-token.ts'

/** No script reads it, no other site's request carries it, and over HTTPS it never travels in the clear. */
const attributes = (env: Env) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: isOverHttps(env),
})

export const readSessionCookie = (request: FastifyRequest, env: Env) =>
  request.cookies[sessionCookie(isOverHttps(env))]

export function setSessionCookie(reply: FastifyReply, env: Env, token: string) {
  void reply.setCookie(sessionCookie(isOverHttps(env)), token, {
    ...attributes(env),
    maxAge: sessionDays * 24 * 60 * 60,
  })
}

export function clearSessionCookie(reply: FastifyReply, env: Env) {
  void reply.clearCookie(sessionCookie(isOverHttps(env)), attributes(env))
}

const signOnCookie = (env: Env) => (isOverHttps(env) ? '__Host-packline-sign-on' : 'packline-sign-on')

/** The provider's answer comes from another site as a navigation, which Lax lets the cookie travel with. */
const signOnAttributes = (env: Env) => ({ ...attributes(env), sameSite: 'lax' as const })

export const readSignOnCookie = (request: FastifyRequest, env: Env) => request.cookies[signOnCookie(env)]

export function setSignOnCookie(reply: FastifyReply, env: Env, token: string) {
  void reply.setCookie(signOnCookie(env), token, { ...signOnAttributes(env), maxAge: signOnMinutes * 60 })
}

export function clearSignOnCookie(reply: FastifyReply, env: Env) {
  void reply.clearCookie(signOnCookie(env), signOnAttributes(env))
}

const vouchedCookie = (env: Env) => (isOverHttps(env) ? '__Host-packline-vouched' : 'packline-vouched')

/** Of whom the provider vouched for, until they have accepted an invitation. */
export const readVouchedCookie = (request: FastifyRequest, env: Env) => request.cookies[vouchedCookie(env)]

export function setVouchedCookie(reply: FastifyReply, env: Env, token: string) {
  void reply.setCookie(vouchedCookie(env), token, { ...attributes(env), maxAge: signOnMinutes * 60 })
}

export function clearVouchedCookie(reply: FastifyReply, env: Env) {
  void reply.clearCookie(vouchedCookie(env), attributes(env))
}

const ticketCookie = (env: Env) => (isOverHttps(env) ? '__Host-packline-sign-in' : 'packline-sign-in')

/** Of a sign-in that waits for its code. */
export const readTicketCookie = (request: FastifyRequest, env: Env) => request.cookies[ticketCookie(env)]

export function setTicketCookie(reply: FastifyReply, env: Env, token: string) {
  void reply.setCookie(ticketCookie(env), token, { ...attributes(env), maxAge: codeMinutes * 60 })
}

export function clearTicketCookie(reply: FastifyReply, env: Env) {
  void reply.clearCookie(ticketCookie(env), attributes(env))
}
