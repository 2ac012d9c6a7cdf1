import { type Action, mayDo } from '@packline/domain/access/actions.ts'
import { privilegesOf } from '@packline/domain/access/privileges.ts'
import { effectiveFeatures } from '@packline/domain/accounts/features.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Access, AccountScope, Actor, SignedIn } from './actor.ts'
import { refuseCrossSite } from './cross-site.ts'
import type { Deps } from './deps.ts'
import { RequestRefused } from './problems.ts'
import { findSession, type SessionRow } from './session-lookup.ts'
import { readSessionCookie } from './session-cookie.ts'

export type GuardedRoute = { method: string; url: string; access: Access }

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of the console's API and of the Atoms', with who may call it. */
    guardedRoutes: readonly GuardedRoute[]
  }
  interface FastifyContextConfig {
    /** Who may call the route. Every route says so; one that does not is refused at start. */
    access?: Access
  }
  interface FastifyRequest {
    /** Who calls, once the gate has let the request through. Only on routes that ask for an action. */
    actor: Actor
    /** Who calls, also before an account is chosen. */
    signedIn: SignedIn
  }
}

/**
 * Lets a request through to its handler, or refuses it before its body is read: not signed in (401), account not
 * chosen or privilege missing (403), sent by another site (403). Privileges are read anew for every request.
 */
export function guardRoutes(app: FastifyInstance, { db, env }: Deps) {
  const actors = new WeakMap<FastifyRequest, Actor>()
  const users = new WeakMap<FastifyRequest, SignedIn>()
  app.decorateRequest('actor', {
    getter() {
      return found(actors.get(this))
    },
  })
  app.decorateRequest('signedIn', {
    getter() {
      return found(users.get(this))
    },
  })

  const guardedRoutes: GuardedRoute[] = []
  app.decorate('guardedRoutes', guardedRoutes)
  app.addHook('onRoute', ({ url, config, method }) => {
    if (!url.startsWith('/api/v1') && !isForAtoms(url)) return
    if (!config?.access) throw new Error(`${String(method)} ${url} does not say who may call it`)
    const isRightFront = isForAtoms(url) === (config.access === 'atom') || config.access === 'public'
    if (!isRightFront) throw new Error(`${String(method)} ${url} is on the wrong front for ${config.access}`)
    for (const each of [method].flat()) guardedRoutes.push({ method: each, url, access: config.access })
  })

  app.addHook('onRequest', async (request) => {
    const { url: route = '', config } = request.routeOptions
    const access = config.access ?? 'public'
    // The route that was matched, not the address as it was written: /%61pi/v1 leads to /api/v1 as well.
    if (route.startsWith('/api/')) refuseCrossSite(request, env)
    if (access === 'public' || access === 'atom') return

    const session = await findSession(db, readSessionCookie(request, env))
    if (!session) throw new RequestRefused(notSignedIn)
    const signedIn = toSignedIn(session, request)
    users.set(request, signedIn)
    if (access === 'signed-in') return

    actors.set(request, authorise(signedIn, session, access))
  })
}

const isForAtoms = (url: string) => url.startsWith('/atom/')

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The route did not ask the gate for this')
  return value
}

function toSignedIn(session: SessionRow, request: FastifyRequest): SignedIn {
  return {
    userId: session.userId,
    name: [session.firstName, session.lastName].filter(Boolean).join(' ') || session.email,
    sessionId: session.id,
    timeZone: session.timeZone,
    source: 'UI',
    requestId: request.id,
  }
}

function authorise(signedIn: SignedIn, session: SessionRow, action: Action): Actor {
  const { account, roles } = session
  if (!account) {
    throw new RequestRefused({
      status: 403,
      code: 'account-not-chosen',
      message: 'Choose the account you want to work in first.',
    })
  }
  if (account.status === 'suspended' || account.status === 'deleted') {
    throw new RequestRefused({
      status: 403,
      code: 'account-suspended',
      message: `The account ${account.name} is ${account.status}. Ask its publisher.`,
    })
  }
  const privileges = privilegesOf(roles)
  const features = effectiveFeatures(account.features)
  const decision = mayDo(action, { privileges, features })
  if (decision.kind === 'refused') {
    throw new RequestRefused({ status: 403, code: decision.reason, message: decision.sentence })
  }
  // The one place that makes a scope of an id: membership, privilege and feature have just been checked.
  const accountId = account.id as AccountScope
  return { ...signedIn, accountId, privileges, features }
}

const notSignedIn = {
  status: 401,
  code: 'not-signed-in',
  message: 'Your session has ended. Sign in to go on.',
}
