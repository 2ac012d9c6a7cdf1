import type { Tx } from '@packline/database/client.ts'
import { leavesNoAdministrator } from '@packline/domain/access/last-administrator.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { revokeTokensIn, revokeTokensWithoutAccess } from '../api-tokens/api-tokens.store.ts'
import { countOtherAdministrators, lockAccounts } from '../roles/administrators.store.ts'
import { deleteSessionsIn } from '../sessions/sessions.store.ts'
import { countScheduledBy, deleteMemberships, findMember, listGroupsOf } from './account-users.store.ts'

export type RemoveUserOutcome =
  | { kind: 'removed'; endedSessions: number; revokedTokens: number; scheduledReleases: number }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: 'last-administrator' }

/**
 * Takes a user out of the account and of its account groups: their sessions there end, their tokens are revoked. What they have scheduled
 * goes out all the same, under their name (D-15). The user as such stays, and so does what they may do elsewhere.
 */
export async function removeUser(
  tx: Tx,
  actor: Actor,
  userId: string,
  now: Temporal.Instant,
): Promise<RemoveUserOutcome> {
  const { accountId } = actor
  await lockAccounts(tx, [accountId])
  const member = await findMember(tx, accountId, userId)
  if (!member) return { kind: 'absent' }
  const isLast = leavesNoAdministrator({
    isAdministrator: member.privileges.has('user-management'),
    staysAdministrator: false,
    otherAdministrators: await countOtherAdministrators(tx, accountId, userId),
  })
  if (isLast) return { kind: 'refused', reason: 'last-administrator' }

  const groups = await listGroupsOf(tx, accountId, userId)
  // With the last role they leave the account's groups, too.
  await deleteMemberships(tx, { userId, accountId })
  for (const { id, name } of groups) {
    await audit(tx, actor, now, {
      action: 'as.accountgroup.user DELETE NONE',
      objectType: 'account-group',
      objectId: id,
      before: { group: name, userId },
    })
  }
  const done = {
    endedSessions: await deleteSessionsIn(tx, userId, accountId),
    revokedTokens: await revokeTokensIn(tx, { userId, accountId }),
    scheduledReleases: await countScheduledBy(tx, accountId, userId),
  }
  const { email, firstName, lastName, roles } = member
  await audit(tx, actor, now, {
    action: 'user DELETE',
    objectType: 'user',
    objectId: userId,
    before: { email, firstName, lastName, roles },
    after: done,
  })
  await revokeTokensWithoutAccess(tx, [userId])
  return { kind: 'removed', ...done }
}
