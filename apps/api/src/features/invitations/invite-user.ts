import type { Tx } from '@packline/database/client.ts'
import { checkEmail } from '@packline/domain/accounts/email-address.ts'
import { type GiveRolesRefusal, planGiveRoles } from '@packline/domain/accounts/plan-give-roles.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { hasMemberWithEmail } from '../account-users/account-users.store.ts'
import { lockAccounts } from '../roles/administrators.store.ts'
import { shareGivableRoles } from '../roles/givable-roles.store.ts'
import { insertInvitation, lockInvitationOf, markWithdrawn } from './invitations.store.ts'
import { type LinkBase, newLink, sendLink } from './send-link.ts'

export type InviteUserRefusal =
  | GiveRolesRefusal
  | 'email-empty'
  | 'email-invalid'
  | 'already-user'
  | 'already-invited'

export type InviteUserOutcome =
  | { kind: 'invited'; invitationId: string; link: string | null }
  | { kind: 'refused'; reason: InviteUserRefusal; privileges?: readonly Privilege[] }

/**
 * Invites an address to the account. Whether somebody has a user under it elsewhere is not looked at, so nothing about
 * the answer can tell.
 */
export async function inviteUser(
  tx: Tx,
  actor: Actor,
  { email: text, roleIds, linkBase }: { email: string; roleIds: readonly string[]; linkBase: LinkBase },
  now: Temporal.Instant,
): Promise<InviteUserOutcome> {
  const check = checkEmail(text)
  if (check.kind === 'refused') return check
  const { email } = check
  const { accountId } = actor
  await lockAccounts(tx, [accountId])

  const found = await shareGivableRoles(tx, accountId, roleIds)
  const plan = planGiveRoles(roleIds, { found, held: actor.privileges })
  if (plan.kind === 'refused') return plan
  if (await hasMemberWithEmail(tx, accountId, email)) return { kind: 'refused', reason: 'already-user' }
  const former = await lockInvitationOf(tx, accountId, email)
  if (former && !former.isExpired) return { kind: 'refused', reason: 'already-invited' }
  if (former) await markWithdrawn(tx, former.id)

  const { token, tokenHash } = newLink()
  const invitationId = await insertInvitation(tx, {
    accountId,
    email,
    roleIds: plan.roles.map(({ id }) => id),
    tokenHash,
    invitedByName: actor.name,
  })
  await audit(tx, actor, now, {
    action: 'user INVITE',
    objectType: 'invitation',
    objectId: invitationId,
    after: { email, roles: plan.roles.map(({ id, label }) => ({ id, label })) },
  })
  return {
    kind: 'invited',
    invitationId,
    link: await sendLink(tx, actor, { invitationId, email, token, linkBase }),
  }
}
