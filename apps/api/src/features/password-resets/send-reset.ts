import type { Tx } from '@packline/database/client.ts'
import { resetMinutes, resetsPerHour } from '@packline/domain/accounts/link-limits.ts'
import { passwordResetMail } from '@packline/domain/accounts/link-mails.ts'
import { planResetLink } from '@packline/domain/accounts/plan-reset-password.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { sendMail } from '../../platform/mail-outbox.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { findMember, isInAccountOnly } from '../account-users/account-users.store.ts'
import { lockAccounts } from '../roles/administrators.store.ts'
import { lockUser } from '../users/users.store.ts'
import { countRecentResets, insertReset } from './password-resets.store.ts'

export type SendResetRefusal = 'link-not-shown' | 'too-many-resets'

export type SendResetOutcome =
  | { kind: 'sent'; email: string; link: string | null }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: SendResetRefusal }

/**
 * Sends a user of the account a link for a new password, as an administrator asks for it. Without a mail server the
 * administrator is shown the link, where that makes them nobody they could not be already.
 */
export async function sendReset(
  tx: Tx,
  actor: Actor,
  { userId, linkBase }: { userId: string; linkBase: string | null },
  now: Temporal.Instant,
): Promise<SendResetOutcome> {
  const { accountId, privileges: held } = actor
  await lockAccounts(tx, [accountId])
  const member = await findMember(tx, accountId, userId)
  if (!member || !(await lockUser(tx, userId))) return { kind: 'absent' }
  const plan = planResetLink({
    hasMailServer: linkBase !== null,
    isInThisAccountOnly: await isInAccountOnly(tx, accountId, userId),
    ofUser: member.privileges,
    held,
  })
  if (plan.kind === 'refused') return plan
  if ((await countRecentResets(tx, userId)) >= resetsPerHour) {
    return { kind: 'refused', reason: 'too-many-resets' }
  }

  const { email } = member
  const token = newToken()
  const tokenHash = hashToken(token)
  const path = `/reset-password#token=${token}`
  await insertReset(tx, { userId, tokenHash, shownInAccountId: plan.kind === 'shown' ? accountId : null })
  if (linkBase !== null) {
    await sendMail(tx, {
      key: `password reset ${tokenHash.toString('base64url')}`,
      to: { address: email },
      ...passwordResetMail({ administratorName: actor.name, link: `${linkBase}${path}` }),
      usefulForMinutes: resetMinutes,
    })
  }
  await audit(tx, actor, now, {
    action: 'user RESET PASSWORD',
    objectType: 'user',
    objectId: userId,
    after: { email, link: plan.kind },
  })
  return { kind: 'sent', email, link: plan.kind === 'shown' ? path : null }
}
