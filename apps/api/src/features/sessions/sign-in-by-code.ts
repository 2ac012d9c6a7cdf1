import type { Database } from '@packline/database/client.ts'
import { businessNow } from '../../platform/clock.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { hashToken } from '../../platform/session-token.ts'
import { lockUser, saveSignedIn } from '../users/users.store.ts'
import { deleteTicket, findTicketUser } from './sign-in-tickets.store.ts'
import { startSession } from './start-session.ts'
import { judgeCode } from './check-code.ts'

export type CodeShown = {
  /** Of the cookie that this browser was given for its password. */
  ticket: string | undefined
  code: string
  /** Of the session this browser had until now; it ends. */
  formerToken: string | undefined
  userAgent: string
  acceptLanguage: string | undefined
  address: string
  requestId: string
}

export type SignInByCodeOutcome =
  | { kind: 'signed-in'; token: string; sessionId: string }
  | { kind: 'refused'; userId: string | undefined; reason: 'too-late' | 'wrong-code' | 'locked' }

/**
 * Begins the session of a sign-in whose password was right, once its code is. A wrong one counts as a bad sign-in; while
 * the user is locked no code is looked at, so none is used up.
 */
export async function signInByCode(
  db: Database,
  secrets: SecretBox,
  { ticket, code, formerToken, ...browser }: CodeShown,
): Promise<SignInByCodeOutcome> {
  const ticketHash = hashToken(ticket ?? '')
  const userId = await findTicketUser(db, ticketHash)
  if (userId === undefined) return { kind: 'refused', userId, reason: 'too-late' }

  return db.$transaction(async (tx): Promise<SignInByCodeOutcome> => {
    const now = await businessNow(tx)
    const user = await lockUser(tx, userId)
    // Whoever came with it at the same time may have gone on, or the password been changed.
    if (!user || (await findTicketUser(tx, ticketHash)) !== userId) {
      return { kind: 'refused', userId, reason: 'too-late' }
    }
    const { requestId, acceptLanguage } = browser
    const decision = await judgeCode(tx, secrets, { user, code, requestId, source: 'UI' }, now)
    if (decision.kind === 'refused') return { ...decision, userId }

    await deleteTicket(tx, ticketHash)
    await saveSignedIn(tx, userId, { now, acceptLanguage })
    const formerTokenHash = formerToken === undefined ? undefined : hashToken(formerToken)
    const signedInBy = decision.taken === 'recovery' ? 'password and recovery code' : 'password and code'
    const session = await startSession(tx, user, { ...browser, formerTokenHash, signedInBy }, now)
    return { kind: 'signed-in', ...session }
  })
}
