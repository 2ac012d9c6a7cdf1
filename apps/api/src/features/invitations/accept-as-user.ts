import type { Database } from '@packline/database/client.ts'
import type { SignedIn } from '../../platform/actor.ts'
import { businessNow } from '../../platform/clock.ts'
import { hashToken } from '../../platform/session-token.ts'
import { getUser } from '../users/users.store.ts'
import { acceptInvitation, type AcceptInvitationOutcome } from './accept-invitation.ts'

/** Accepts an invitation as the one who is signed in, who may choose the account from then on. */
export function acceptAsUser(
  db: Database,
  { userId, name, requestId }: SignedIn,
  token: string,
): Promise<AcceptInvitationOutcome> {
  return db.$transaction(async (tx) => {
    const { email } = await getUser(tx, userId)
    const accepter = { userId, email, name, requestId }
    return acceptInvitation(tx, hashToken(token), accepter, await businessNow(tx))
  })
}
