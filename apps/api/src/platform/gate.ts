import { actAs } from '@packline/database/acting.ts'
import { privilegesOfToken } from '@packline/domain/access/account-access.ts'
import { type Action, actionsBeforeTwoStep, inPersonActions, mayDo } from '@packline/domain/access/actions.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { writePerson } from '@packline/domain/accounts/person-name.ts'
import { effectiveFeatures } from '@packline/domain/accounts/features.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AccessibleAccount, holderIn, privilegesInAccount } from './account-access.ts'
import type { Access, AccountScope, Actor, SignedIn } from './actor.ts'
import { refuseCrossSite } from './cross-site.ts'
import type { Deps } from './deps.ts'
import { notSignedIn, RequestRefused } from './problems.ts'
import { readSessionCookie } from './session-cookie.ts'
import { sessionLookup } from './session-lookup.ts'
import { hasSecondFactor, type UserFacts } from './user-facts.ts'
import { countTry } from './sign-in-limit.ts'
import { findToken, nameOfToken, readTokenCredentials, type TokenRow } from './token-lookup.ts'

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
 * chosen or privilege missing (403), sent by another site (403). A browser shows its session's cookie, a script an API
 * token; privileges are read anew for every request.
 */
export function guardRoutes(app: FastifyInstance, { systemDb, env }: Deps) {
  const findSession = sessionLookup(systemDb)
  const actors = new WeakMap<FastifyRequest, Actor>()
  const users = new WeakMap<FastifyRequest, SignedIn>()
  app.decorateRequest('actor', {
    getter() {
      return found(actors.get(this))
    },
    // For the gate of another front, which knows its callers by other means.
    setter(actor: Actor) {
      letIn(this, actor)
    },
  })
  /** From here on the request reaches the rows of this actor's account. */
  function letIn(request: FastifyRequest, actor: Actor) {
    actors.set(request, actor)
    actAs({ kind: 'account', accountId: actor.accountId })
  }
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
    const credentials = readTokenCredentials(request)
    if (route.startsWith('/api/v1')) refuseCrossSite(request, env, { isScript: credentials !== undefined })
    // No account is known yet, or it is not about one: these routes find out by themselves who may what.
    if (access === 'public' || access === 'signed-in') actAs({ kind: 'system' })
    if (access === 'public' || access === 'atom') return

    if (credentials) {
      const token = await findToken(systemDb, credentials)
      if (!token) {
        await countTry(systemDb, request, nameOfToken(credentials))
        throw new RequestRefused(tokenUnknown)
      }
      letIn(request, authoriseToken(token, request, access))
      return
    }
    const session = await findSession(readSessionCookie(request, env))
    if (!session) throw new RequestRefused(notSignedIn)
    const { id: sessionId, account, isVouched } = session
    users.set(request, { ...authorOf(session, request), sessionId })
    if (access === 'signed-in') return

    const through = { kind: 'session', sessionId, isVouched } as const
    const author = { ...authorOf(session, request), through, hasSecondFactor: hasSecondFactor(session) }
    letIn(request, authorise({ ...author, source: 'UI' }, account, access))
  })
}

const isForAtoms = (url: string) => url.startsWith('/atom/')

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The route did not ask the gate for this')
  return value
}

export const authorOf = (
  { userId, firstName, lastName, email, timeZone }: UserFacts,
  request: FastifyRequest,
) => ({
  userId,
  name: writePerson({ firstName, lastName, email }),
  timeZone,
  requestId: request.id,
})

export type Caller = Omit<Actor, 'accountId' | 'privileges' | 'features' | 'isDirect'>

function authorise(caller: Omit<Caller, 'holder'>, account: AccessibleAccount | null, action: Action): Actor {
  if (!account) {
    throw new RequestRefused({
      status: 403,
      code: 'account-not-chosen',
      message: 'Choose the account you want to work in first.',
    })
  }
  return admit({ ...caller, holder: holderIn(account) }, account, privilegesInAccount(account), action)
}

/** A token works in its own account only, and never where a person has to be sure of being the one who acts. */
function authoriseToken(token: TokenRow, request: FastifyRequest, access: Action | 'signed-in'): Actor {
  if (access === 'signed-in' || inPersonActions.has(access)) throw new RequestRefused(inPersonOnly)
  // The token is right, but its user may not work in its account any more: to the caller as good as revoked.
  if (!token.account) throw new RequestRefused(tokenUnknown)

  const ofUser = privilegesInAccount(token.account)
  if (!ofUser.has('api-access')) throw new RequestRefused(apiAccessMissing)
  const through = { kind: 'token', tokenId: token.id } as const
  const holder = holderIn(token.account)
  const author = { ...authorOf(token, request), through, hasSecondFactor: hasSecondFactor(token) }
  const caller: Caller = { ...author, source: 'API', holder }
  return admit(caller, token.account, privilegesOfToken(ofUser, token.scopes), access)
}

/** The one place that makes a scope of an account's id: access, privilege and feature have been checked here. */
export function admit(
  caller: Caller,
  account: Pick<AccessibleAccount, 'id' | 'name' | 'status' | 'features' | 'requiresTwoStep' | 'isDirect'>,
  privileges: ReadonlySet<Privilege>,
  action: Action,
): Actor {
  if (account.status === 'suspended' || account.status === 'deleted') {
    throw new RequestRefused({
      status: 403,
      code: 'account-suspended',
      message: `The account ${account.name} is ${account.status}. Ask its publisher.`,
    })
  }
  if (account.requiresTwoStep && !caller.hasSecondFactor && !actionsBeforeTwoStep.has(action)) {
    throw new RequestRefused({
      status: 403,
      code: 'two-step-required',
      message: `The account ${account.name} requires two-step sign-in, and your user has none. Sign in with a browser and turn it on there.`,
    })
  }
  const features = effectiveFeatures(account.features)
  const decision = mayDo(action, { privileges, features })
  if (decision.kind === 'refused') {
    throw new RequestRefused({ status: 403, code: decision.reason, message: decision.sentence })
  }
  // All that a scope stands for has been checked above.
  const accountId = account.id as AccountScope
  return { ...caller, accountId, privileges, features, isDirect: account.isDirect }
}

const tokenUnknown = {
  status: 401,
  code: 'token-unknown',
  message: 'This API token is not known, has expired or was revoked. Make a new one in User Information.',
}

const inPersonOnly = {
  status: 403,
  code: 'in-person-only',
  message: 'This cannot be done with an API token. Sign in with a browser.',
}

const apiAccessMissing = {
  status: 403,
  code: 'privilege-missing',
  message: 'API tokens need the privilege API Access. Ask an administrator of this account.',
}
