import type { Tx } from '@packline/database/client.ts'
import { type GiveRolesRefusal, planGiveRoles } from '@packline/domain/accounts/plan-give-roles.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockAccounts } from '../roles/administrators.store.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { lockInvitation, replaceLink } from './invitations.store.ts'
import { type LinkBase, newLink, sendLink } from './send-link.ts'

export type RenewInvitationOutcome =
  | { kind: 'sent'; link: string | null }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: GiveRolesRefusal; privileges?: readonly Privilege[] }

/**
 * Sends a new link for an open or expired invitation; the old one dies. Whoever sees the link could use it, so sending
 * it again takes what giving those roles takes.
 */
export async function renewInvitation(
  tx: Tx,
  actor: Actor,
  { invitationId, linkBase }: { invitationId: string; linkBase: LinkBase },
  now: Temporal.Instant,
): Promise<RenewInvitationOutcome> {
  await lockAccounts(tx, [actor.accountId])
  const invitation = await lockInvitation(tx, actor.accountId, invitationId)
  if (!invitation) return { kind: 'absent' }
  const { email, roleIds } = invitation
  const found = await shareGivableRoles(tx, actor.accountId, roleIds)
  const plan = planGiveRoles(roleIds, { found, held: actor.privileges })
  if (plan.kind === 'refused') return plan

  const { token, tokenHash } = newLink()
  await replaceLink(tx, invitationId, { tokenHash, invitedByName: actor.name })
  await audit(tx, actor, now, {
    action: 'user INVITE RESEND',
    objectType: 'invitation',
    objectId: invitationId,
    after: { email },
  })
  return { kind: 'sent', link: await sendLink(tx, actor, { invitationId, email, token, linkBase }) }
}
