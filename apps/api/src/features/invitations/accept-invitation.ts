import type { Tx } from '@packline/database/client.ts'
import { isInvited } from '@packline/domain/accounts/invitation-standing.ts'
import {
  type InvitationLinkRefusal,
  judgeInvitationLink,
} from '@packline/domain/accounts/plan-accept-invitation.ts'
import { audit } from '../../platform/audit.ts'
import { insertMemberships } from '../account-users/account-users.store.ts'
import { lockAccounts } from '../roles/administrators.store.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { findByToken, type Invitation, lockByToken, markAccepted } from './invitations.store.ts'

export type AcceptInvitationRefusal = InvitationLinkRefusal | 'for-another' | 'roles-gone'

export type AcceptInvitationOutcome =
  | { kind: 'accepted'; accountId: string }
  | { kind: 'refused'; reason: AcceptInvitationRefusal }

export type Accepter = { userId: string; email: string; name: string; requestId: string }

/**
 * Makes the one who was invited a user of the account, with the roles of the invitation that are still there. The link
 * is judged under its lock, so it lets in once.
 */
export async function acceptInvitation(
  tx: Tx,
  tokenHash: Uint8Array,
  accepter: Accepter,
  now: Temporal.Instant,
): Promise<AcceptInvitationOutcome> {
  const known = await findByToken(tx, tokenHash)
  // The account before the invitation, as everybody who changes who is in it.
  if (known) await lockAccounts(tx, [known.accountId])
  const invitation = await lockByToken(tx, tokenHash)
  const judged = judgeInvitationLink(invitation)
  if (judged.kind === 'refused') return judged
  if (!invitation) return { kind: 'refused', reason: 'invitation-unknown' }
  if (!isInvited(invitation.email, accepter.email)) return { kind: 'refused', reason: 'for-another' }
  return join(tx, invitation, accepter, now)
}

async function join(
  tx: Tx,
  { id, accountId, email, roleIds }: Invitation,
  { userId, name, requestId }: Accepter,
  now: Temporal.Instant,
): Promise<AcceptInvitationOutcome> {
  const roles = await shareGivableRoles(tx, accountId, roleIds)
  if (roles.length === 0) return { kind: 'refused', reason: 'roles-gone' }
  await insertMemberships(tx, { userId, accountId, roleIds: roles.map((role) => role.id) }, now)
  await markAccepted(tx, id)
  await audit(tx, { userId, name, accountId, source: 'UI', requestId }, now, {
    action: 'user ADD',
    objectType: 'user',
    objectId: userId,
    after: { email, invitationId: id, roles: roles.map(({ id: roleId, label }) => ({ id: roleId, label })) },
  })
  return { kind: 'accepted', accountId }
}
