import type { Database, Tx } from '@packline/database/client.ts'
import { isInvited } from '@packline/domain/accounts/invitation-standing.ts'
import {
  judgeInvitationLink,
  type NewPersonDraft,
  type NewPersonRefusal,
  planNewPerson,
} from '@packline/domain/accounts/plan-accept-invitation.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { leakedPasswords } from '../../platform/leaked-passwords.ts'
import { hashPassword } from '../../platform/password-hash.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { deleteSessionByToken, insertSession } from '../sessions/sessions.store.ts'
import { deleteVouch, findVouched } from '../sessions/vouched-people.store.ts'
import { insertUser, type NewUser, saveSignedIn } from '../users/users.store.ts'
import { acceptInvitation, type AcceptInvitationRefusal } from './accept-invitation.ts'
import { findByToken, type Invitation } from './invitations.store.ts'

export type NewUserAcceptance = NewPersonDraft & {
  token: string
  /** Of the cookie that single sign-on gave this browser for somebody new. */
  vouchToken: string | undefined
  /** Of the session this browser had until now; it ends. */
  formerToken: string | undefined
  userAgent: string
  acceptLanguage: string | undefined
  address: string
  requestId: string
}

export type AcceptAsNewUserOutcome =
  | { kind: 'accepted'; token: string; sessionId: string }
  | {
      kind: 'refused'
      reason: NewPersonRefusal | AcceptInvitationRefusal | ProofRefusal | 'user-exists'
    }

/** The provider vouched for nobody, or too long ago; or for somebody else. */
export type ProofRefusal = 'not-vouched' | 'vouched-for-another'

/**
 * Makes a user for whoever has the link of an invitation, and signs them in. Everything that may be wrong with what they
 * wrote is said first: only somebody who would really accept learns that there is a user of that address already.
 */
export async function acceptAsNewUser(
  db: Database,
  acceptance: NewUserAcceptance,
): Promise<AcceptAsNewUserOutcome> {
  const tokenHash = hashToken(acceptance.token)
  const known = await findByToken(db, tokenHash)
  const judged = judgeInvitationLink(known)
  if (judged.kind === 'refused') return judged
  if (!known) return { kind: 'refused', reason: 'invitation-unknown' }
  const plan = planNewPerson(acceptance, known.email, await leakedPasswords())
  if (plan.kind === 'refused') return plan

  const proof = await prove(db, acceptance, known)
  if (proof.kind === 'refused') return proof

  const { email } = known
  const { firstName, lastName } = plan
  const { passwordHash, isAddressProved } = proof
  const person = { email, firstName, lastName, passwordHash, isAddressProved }
  return db
    .$transaction(async (tx) => {
      const outcome = await join(tx, tokenHash, person, acceptance)
      if (outcome.kind === 'refused') throw new Undone(outcome)
      return outcome
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return error.outcome
      throw error
    })
}

/**
 * With a password: the address is proved by a link that only its owner was sent. Without one: single sign-on has to have
 * vouched, in this browser, for the very address that was invited.
 */
async function prove(
  db: Database,
  { password, vouchToken }: NewUserAcceptance,
  { email, isMailed }: Invitation,
): Promise<
  | { kind: 'proved'; passwordHash: string | null; isAddressProved: boolean }
  | { kind: 'refused'; reason: ProofRefusal }
> {
  if (password !== undefined) {
    return { kind: 'proved', passwordHash: await hashPassword(password), isAddressProved: isMailed }
  }
  const vouched = vouchToken === undefined ? undefined : await findVouched(db, hashToken(vouchToken))
  if (!vouched) return { kind: 'refused', reason: 'not-vouched' }
  if (!isInvited(email, vouched.email)) return { kind: 'refused', reason: 'vouched-for-another' }
  return { kind: 'proved', passwordHash: null, isAddressProved: true }
}

/** Nothing of a refused acceptance stays, the user least of all. */
class Undone extends Error {
  readonly outcome: AcceptAsNewUserOutcome
  constructor(outcome: AcceptAsNewUserOutcome) {
    super('refused')
    this.outcome = outcome
  }
}

async function join(
  tx: Tx,
  tokenHash: Uint8Array,
  person: NewUser,
  { formerToken, vouchToken, password, userAgent, acceptLanguage, address, requestId }: NewUserAcceptance,
): Promise<AcceptAsNewUserOutcome> {
  const now = await businessNow(tx)
  const userId = await insertUser(tx, person, now)
  if (userId === undefined) return { kind: 'refused', reason: 'user-exists' }
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
  const outcome = await acceptInvitation(tx, tokenHash, { userId, name, email: person.email, requestId }, now)
  if (outcome.kind === 'refused') return outcome

  await saveSignedIn(tx, userId, { now, acceptLanguage })
  if (formerToken !== undefined) await deleteSessionByToken(tx, hashToken(formerToken))
  if (vouchToken !== undefined) await deleteVouch(tx, hashToken(vouchToken))
  const token = newToken()
  const { accountId } = outcome
  const isVouched = password === undefined
  const row = { tokenHash: hashToken(token), userId, accountId, userAgent, address, isVouched }
  const sessionId = await insertSession(tx, row)
  await audit(tx, { userId, name, accountId, source: 'UI', requestId }, now, {
    action: 'account ON_ENTRY SUCCESS',
    objectType: 'account',
    objectId: accountId,
    ...(isVouched && { after: { signedInBy: 'single-sign-on' } }),
  })
  return { kind: 'accepted', token, sessionId }
}
