import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockInvitation, markWithdrawn } from './invitations.store.ts'

/** The invitation's link opens nothing any more; false when there is no such invitation to withdraw. */
export async function withdrawInvitation(
  tx: Tx,
  actor: Actor,
  invitationId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const invitation = await lockInvitation(tx, actor.accountId, invitationId)
  if (!invitation) return false
  await markWithdrawn(tx, invitationId)
  await audit(tx, actor, now, {
    action: 'user INVITE WITHDRAW',
    objectType: 'invitation',
    objectId: invitationId,
    before: { email: invitation.email },
  })
  return true
}
