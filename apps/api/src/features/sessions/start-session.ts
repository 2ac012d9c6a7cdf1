import type { Tx } from '@packline/database/client.ts'
import { writePerson } from '@packline/domain/accounts/person-name.ts'
import { audit } from '../../platform/audit.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import type { User } from '../users/users.store.ts'
import { deleteSessionByToken, findFirstAccount, insertSession, saveVisit } from './sessions.store.ts'

export type NewSession = {
  /** Of the session this browser had until now; it ends. */
  formerTokenHash: Uint8Array | undefined
  userAgent: string
  address: string
  requestId: string
  /** How the user proved who they are, for the log. */
  signedInBy: 'password' | 'password and code' | 'password and recovery code' | 'single-sign-on'
}

/** Begins a session under a new token, in the only account there is or the one worked in last; else one is chosen next. */
export async function startSession(tx: Tx, user: User, session: NewSession, now: Temporal.Instant) {
  const { formerTokenHash, userAgent, address, requestId, signedInBy } = session
  if (formerTokenHash) await deleteSessionByToken(tx, formerTokenHash)

  const accountId = (await findFirstAccount(tx, user.id)) ?? null
  const token = newToken()
  const isVouched = signedInBy === 'single-sign-on'
  const row = { tokenHash: hashToken(token), userId: user.id, accountId, userAgent, address, isVouched }
  const sessionId = await insertSession(tx, row)
  if (accountId !== null) {
    await saveVisit(tx, user.id, accountId)
    const name = writePerson(user)
    await audit(tx, { userId: user.id, name, accountId, source: 'UI', requestId }, now, {
      action: 'account ON_ENTRY SUCCESS',
      objectType: 'account',
      objectId: accountId,
      ...(signedInBy !== 'password' && { after: { signedInBy } }),
    })
  }
  return { token, sessionId, accountId }
}
