import { privilegesOfToken, underCap } from '@packline/domain/access/account-access.ts'
import type { Action } from '@packline/domain/access/actions.ts'
import { administratorPrivilege } from '@packline/domain/access/last-administrator.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { type AccountFeature, effectiveFeatures, featureTable } from '@packline/domain/accounts/features.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkCode } from '../features/sessions/check-code.ts'
import { checkPassword, refusingSlowly } from '../features/sessions/check-password.ts'
import { type AccessibleAccount, holderIn, privilegesInAccount } from '../platform/account-access.ts'
import type { Actor } from '../platform/actor.ts'
import { refuseCrossSite } from '../platform/cross-site.ts'
import type { Deps } from '../platform/deps.ts'
import { admit, authorOf, type Caller } from '../platform/gate.ts'
import { RequestRefused } from '../platform/problems.ts'
import { hasSecondFactor, type UserFacts } from '../platform/user-facts.ts'
import { countTry } from '../platform/sign-in-limit.ts'
import {
  findToken,
  nameOfToken,
  readBasicCredentials,
  readTokenCredentials,
} from '../platform/token-lookup.ts'
import { findDescendant, findUserIn } from './access.views.ts'
import { rememberPasswords } from './known-passwords.ts'
import { createRateLimit, tooManyRequests } from './rate-limit.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** On routes of the Platform API: the console's action it stands for, and the features that must be on. */
    platform?: PlatformAccess
  }
}

export type PlatformAccess = { action: Action; features: readonly AccountFeature[]; isPartner: boolean }

type Known = {
  caller: Omit<Caller, 'holder'>
  account: AccessibleAccount | null
  privileges: ReadonlySet<Privilege>
}

/** Checks of passwords that have to be hashed, for each address they come from. */
const hashesPerSecond = 5

/**
 * Lets a request of the Platform API through as the person it shows, in the account of its address or one under it, or
 * refuses it before its body is read: unknown (401), not their account or no privilege (403), too many (503).
 */
export function createPlatformGate(deps: Deps) {
  const passwords = rememberPasswords()
  const limitHashes = createRateLimit(hashesPerSecond)
  const rate = deps.env.platformApiRate
  const limitAccount = createRateLimit(rate)

  async function identify(request: FastifyRequest, accountId: string): Promise<Known | undefined> {
    const credentials = readTokenCredentials(request)
    if (credentials) {
      const token = await findToken(deps.systemDb, credentials)
      if (!token?.account) {
        await countTry(deps.systemDb, request, nameOfToken(credentials))
        return undefined
      }
      const through = { kind: 'token', tokenId: token.id } as const
      const ofUser = privilegesInAccount(token.account)
      return {
        caller: {
          ...authorOf(token, request),
          through,
          source: 'API',
          hasSecondFactor: hasSecondFactor(token),
        },
        // A token works in its own account only.
        account: token.accountId === accountId ? token.account : null,
        privileges: ofUser.has('api-access')
          ? privilegesOfToken(ofUser, token.scopes).union(new Set(['api-access'] as const))
          : ofUser,
      }
    }
    const basic = readBasicCredentials(request)
    return basic && identifyByPassword(request, accountId, { email: basic.user, password: basic.password })
  }

  async function identifyByPassword(
    request: FastifyRequest,
    accountId: string,
    { email, password }: { email: string; password: string },
  ): Promise<Known | undefined> {
    if (email.includes('\0')) return undefined
    const user = await findUserIn(deps.systemDb, email, accountId)
    const stored = user?.passwordHash ?? ''
    if (!user || user.isLocked || !passwords.isKnown(email, password, stored)) {
      const { isAllowed, retryAfterSeconds } = limitHashes(request.ip)
      if (!isAllowed) throw tooManyRequests(hashesPerSecond, retryAfterSeconds)
      await countTry(deps.systemDb, request, `user ${email.trim()}`)
      const shown = { email, password, requestId: request.id, source: 'API' } as const
      const outcome = await refusingSlowly(() =>
        checkPassword(deps.systemDb, shown, async (_tx, { passwordHash }) => passwordHash),
      )
      if (outcome.kind === 'refused' || !user) return undefined
      if (outcome.value !== null) passwords.remember(email, password, outcome.value)
    }
    if (user.hasSecondStep && !(await showsCode(request, user))) return undefined
    const { account } = user
    return {
      caller: {
        ...authorOf(user, request),
        through: { kind: 'password' },
        source: 'API',
        // Then a code was shown as well.
        hasSecondFactor: user.hasSecondStep,
      },
      account,
      privileges: account ? privilegesInAccount(account) : new Set(),
    }
  }

  /** With two-step sign-in on, the password comes with a code of the authenticator app. */
  async function showsCode(request: FastifyRequest, { userId, email }: UserFacts): Promise<boolean> {
    const code = request.headers['x-boomi-otp']
    if (typeof code !== 'string') throw new RequestRefused(passwordNotEnough)
    await countTry(deps.systemDb, request, `user ${email.trim().toLowerCase()}`)
    return checkCode(deps.systemDb, deps.secrets, { userId, code, requestId: request.id, source: 'API' })
  }

  async function admitTo(request: FastifyRequest, known: Known, access: PlatformAccess): Promise<Actor> {
    const { account, privileges } = known
    if (!account) throw new RequestRefused(accountClosed)
    const caller = { ...known.caller, holder: holderIn(account) }
    if (!privileges.has('api-access')) throw new RequestRefused(apiAccessMissing)
    const query = queryOf(request)
    const overrideId = access.isPartner ? query.get('overrideAccount') : null
    if (access.isPartner) requireFeatures(account, ['partner-api'])
    const override = overrideId ? await findOverride(account.id, overrideId) : undefined
    limit(override && query.get('overrideAccountRateLimit') === 'true' ? override.id : account.id)

    if (!override) {
      requireFeatures(account, access.features)
      return admit(caller, account, privileges, access.action)
    }
    // Nobody reaches a managed account through a primary account that is suspended.
    admit(caller, account, privileges, 'hear-changes')
    // They come from its primary account, whatever else they are there: as through a group, its cap holds.
    const left = underCap(privileges, override.supportAccess)
    if (!left.has('api-access')) throw new RequestRefused(apiAccessCapped)
    const isAdministrator = caller.holder.isAdministrator && left.has(administratorPrivilege)
    requireFeatures(override, access.features)
    return admit({ ...caller, holder: { ...caller.holder, isAdministrator } }, override, left, access.action)
  }

  async function findOverride(accountId: string, overrideId: string) {
    if (overrideId === accountId) return undefined
    const found = overrideId.includes('\0')
      ? undefined
      : await findDescendant(deps.systemDb, accountId, overrideId)
    if (!found) throw new RequestRefused(overrideClosed)
    return found
  }

  function limit(accountId: string) {
    const { isAllowed, retryAfterSeconds } = limitAccount(accountId)
    if (!isAllowed) throw tooManyRequests(rate, retryAfterSeconds)
  }

  return async (request: FastifyRequest, reply: FastifyReply) => {
    refuseCrossSite(request, deps.env, { isScript: true })
    const accountId = accountIdOf(request)
    const known = await identify(request, accountId)
    if (!known) {
      void reply.header('www-authenticate', 'Basic realm="Packline Platform API", charset="UTF-8"')
      throw new RequestRefused(badCredentials)
    }
    const access = request.routeOptions.config.platform
    // Addresses that are no object's: known callers alone learn that there is nothing.
    if (access) request.actor = await admitTo(request, known, access)
  }
}

function accountIdOf({ params }: FastifyRequest): string {
  const { accountId = '' } = params as Record<string, string | undefined> // every route here has it in its address
  return accountId.includes('\0') ? '' : accountId
}

const queryOf = (request: FastifyRequest) => new URLSearchParams(request.url.split('?')[1] ?? '')

function requireFeatures(
  { features }: Pick<AccessibleAccount, 'features'>,
  needed: readonly AccountFeature[],
) {
  const on = effectiveFeatures(features)
  const missing = needed.find((feature) => !on.has(feature))
  if (missing === undefined) return
  throw new RequestRefused({
    status: 403,
    code: 'feature-off',
    message: `The feature "${featureTable[missing].label}" is not switched on for this account. Ask an administrator of this account.`,
  })
}

const badCredentials = {
  status: 401,
  code: 'bad-credentials',
  message:
    'Sign in with HTTP Basic: your e-mail address and password, or BOOMI_TOKEN.<e-mail> and an API token of this account. With two-step sign-in the password needs a new code in X-Boomi-OTP each time.',
}

const passwordNotEnough = {
  status: 403,
  code: 'two-step-is-on',
  message:
    'Two-step sign-in is on for this user, so a password alone opens nothing. Use an API token, made in Settings > User Information, or send a code of your authenticator app in X-Boomi-OTP.',
}

const apiAccessMissing = {
  status: 403,
  code: 'privilege-missing',
  message: 'Calling the API needs the privilege API Access. Ask an administrator of this account.',
}

const apiAccessCapped = {
  status: 403,
  code: 'privilege-missing',
  message:
    'The Support Access Role of the overrideAccount does not have the privilege API Access. Ask an administrator of that account.',
}

const accountClosed = {
  status: 403,
  code: 'account-closed',
  message:
    'You cannot work in the account of this address. Check the account id, or use a token of that account.',
}

const overrideClosed = {
  status: 403,
  code: 'override-closed',
  message: 'The overrideAccount is none that this account manages. Check its id.',
}
