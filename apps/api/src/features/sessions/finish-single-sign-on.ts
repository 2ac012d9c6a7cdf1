import type { Database, Tx } from '@packline/database/client.ts'
import { isSameAddress } from '@packline/domain/accounts/email-address.ts'
import { writePerson } from '@packline/domain/accounts/person-name.ts'
import { invitationPage } from '@packline/domain/accounts/invitation-page.ts'
import { judgeSignIn } from '@packline/domain/accounts/sign-in-lock.ts'
import type { SingleSignOnProblem } from '@packline/domain/accounts/single-sign-on.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import type { Identity, OpenIdProvider } from '../../platform/openid-provider.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { revokeTokensOf } from '../api-tokens/api-tokens.store.ts'
import {
  findUserByEmail,
  listHomeAccounts,
  lockUser,
  markAddressProved,
  saveSignedIn,
  saveSignInState,
  type User,
} from '../users/users.store.ts'
import { deleteSessionsOf, worksAnywhere } from './sessions.store.ts'
import { claimSignOn } from './single-sign-on.store.ts'
import { startSession } from './start-session.ts'
import { deleteTwoStep } from './two-step.store.ts'
import { insertVouch } from './vouched-people.store.ts'

export type SignOnReturn = {
  /** Of the cookie that this browser was given when it left. */
  token: string | undefined
  query: URLSearchParams
  userAgent: string
  acceptLanguage: string | undefined
  address: string
  requestId: string
}

export type SignOnOutcome = { returnTo: string } & (
  | { kind: 'signed-in'; token: string; accountId: string | null }
  /** Nobody here, who may accept the invitation that they came from. */
  | { kind: 'vouched'; token: string }
  | { kind: 'refused'; reason: SingleSignOnProblem; cause?: unknown }
)

/**
 * Begins a session for whoever comes back from the provider, when it vouches for the e-mail address of a user here.
 * What the browser brings counts once and for this browser only; whom the provider knows and we do not, is no user, and
 * can become one by an invitation only.
 */
export async function finishSingleSignOn(
  db: Database,
  provider: OpenIdProvider,
  { token, query, ...browser }: SignOnReturn,
): Promise<SignOnOutcome> {
  const signOn = token === undefined ? undefined : await claimSignOn(db, hashToken(token))
  if (!signOn?.isInTime) return { kind: 'refused', reason: 'expired', returnTo: signOn?.returnTo ?? '/' }
  const { returnTo, formerTokenHash } = signOn
  const refused = (reason: SingleSignOnProblem, cause?: unknown) =>
    ({ kind: 'refused', reason, cause, returnTo }) as const

  const answer = await provider.finish(query, signOn)
  if (answer.kind === 'refused') return refused(answer.reason, answer.cause)
  if (!answer.isEmailVerified) return refused('email-unverified')

  return db.$transaction(async (tx) => {
    const now = await businessNow(tx)
    const email = cleanLine(answer.email)
    const known = await findUserByEmail(tx, email)
    const user = known && isSameAddress(known.email, email) ? await lockUser(tx, known.id) : undefined
    const isInvited = returnTo === invitationPage
    if (!user && isInvited) return { kind: 'vouched', returnTo, token: await vouchFor(tx, answer) } as const
    // Somebody who was removed from every account is as unknown as one who never was, unless they come to be let in again.
    if (!user || !(isInvited || (await worksAnywhere(tx, user.id)))) return refused('user-unknown')

    const decision = judgeSignIn(user, true, now)
    if (decision.kind !== 'accepted') return refused('user-locked')
    if (!user.isAddressProved) await proveAddress(tx, user, browser.requestId, now)
    await saveSignInState(tx, user.id, decision.state)
    await saveSignedIn(tx, user.id, { now, acceptLanguage: browser.acceptLanguage })
    const session = { ...browser, formerTokenHash, signedInBy: 'single-sign-on' } as const
    return { kind: 'signed-in', returnTo, ...(await startSession(tx, user, session, now)) } as const
  })
}

/** Keeps what the provider says of somebody new, and says the cookie's token under which it is kept. */
async function vouchFor(tx: Tx, { email, firstName, lastName }: Identity) {
  const token = newToken()
  await insertVouch(tx, hashToken(token), {
    email: cleanLine(email),
    firstName: cleanLine(firstName),
    lastName: cleanLine(lastName),
  })
  return token
}

/**
 * The provider vouches for the address. Whoever made the user by a link that an administrator saw may be somebody else:
 * what they could come back with ends, password, second step, sessions and tokens.
 */
async function proveAddress(tx: Tx, user: User, requestId: string, now: Temporal.Instant) {
  await markAddressProved(tx, user.id)
  await deleteTwoStep(tx, user.id)
  const after = {
    by: 'single-sign-on',
    endedSessions: await deleteSessionsOf(tx, user.id),
    revokedTokens: await revokeTokensOf(tx, user.id),
  }
  const name = writePerson(user)
  for (const accountId of await listHomeAccounts(tx, user.id)) {
    await audit(tx, { userId: user.id, name, accountId, source: 'UI', requestId }, now, {
      action: 'user UPDATE PASSWORD',
      objectType: 'user',
      objectId: user.id,
      after,
    })
  }
}
