import type { Tx } from '@packline/database/client.ts'
import { planTurnOffTwoStep, type TurnOffRefusal } from '@packline/domain/accounts/plan-turn-off-two-step.ts'
import { twoStepTurnedOffMail } from '@packline/domain/accounts/two-step-mails.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { sendMail } from '../../platform/mail-outbox.ts'
import { lockAccounts } from '../roles/administrators.store.ts'
import { deleteSessionsOf } from '../sessions/sessions.store.ts'
import { deleteTwoStep } from '../sessions/two-step.store.ts'
import { lockUser } from '../users/users.store.ts'
import { findMember, isUserElsewhere } from './account-users.store.ts'

export type ResetTwoStepOutcome =
  | { kind: 'turned-off' }
  | { kind: 'absent' }
  | { kind: 'refused'; reason: TurnOffRefusal }

/**
 * Turns off the two-step sign-in of a user of the account, who has lost what makes their codes: their sessions end, and
 * where there is a mail server they are told.
 */
export async function resetTwoStep(
  tx: Tx,
  actor: Actor,
  { userId, tellsByMail }: { userId: string; tellsByMail: boolean },
  now: Temporal.Instant,
): Promise<ResetTwoStepOutcome> {
  const { accountId } = actor
  await lockAccounts(tx, [accountId])
  const member = await findMember(tx, accountId, userId)
  if (!member || !(await lockUser(tx, userId))) return { kind: 'absent' }
  const plan = planTurnOffTwoStep({
    isOwn: userId === actor.userId,
    isUserElsewhere: await isUserElsewhere(tx, accountId, userId),
    ofUser: member.privileges,
    held: actor.privileges,
  })
  if (plan.kind === 'refused') return plan
  if (!(await deleteTwoStep(tx, userId))) return plan

  const { email } = member
  const endedSessions = await deleteSessionsOf(tx, userId)
  if (tellsByMail) {
    await sendMail(tx, {
      key: `two-step sign-in turned off ${userId} ${now.toString()}`,
      to: { address: email },
      ...twoStepTurnedOffMail({ administratorName: actor.name }),
    })
  }
  await audit(tx, actor, now, {
    action: 'user TWO_STEP RESET',
    objectType: 'user',
    objectId: userId,
    before: { email },
    after: { endedSessions },
  })
  return plan
}
