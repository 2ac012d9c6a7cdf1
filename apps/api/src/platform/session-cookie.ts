import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionDays } from '@packline/domain/accounts/session-limits.ts'
import type { Env } from './env.ts'
import { sessionCookie } from './session-token.ts'

const isSecure = (env: Env) => env.publicUrl?.startsWith('https:') ?? false

/** No script reads it, no other site's request carries it, and over HTTPS it never travels in the clear. */
const attributes = (env: Env) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: isSecure(env),
})

export const readSessionCookie = (request: FastifyRequest, env: Env) =>
  request.cookies[sessionCookie(isSecure(env))]

export function setSessionCookie(reply: FastifyReply, env: Env, token: string) {
  void reply.setCookie(sessionCookie(isSecure(env)), token, {
    ...attributes(env),
    maxAge: sessionDays * 24 * 60 * 60,
  })
}

export function clearSessionCookie(reply: FastifyReply, env: Env) {
  void reply.clearCookie(sessionCookie(isSecure(env)), attributes(env))
}
