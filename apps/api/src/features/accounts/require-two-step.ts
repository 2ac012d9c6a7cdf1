import type { Tx } from '@packline/database/client.ts'
import { twoStepRequiredMail } from '@packline/domain/accounts/two-step-mails.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { sendMails } from '../../platform/mail-outbox.ts'
import { withoutTwoStep } from '../../read-models/without-two-step.ts'
import { lockOwnAccount, saveAccount } from './accounts.store.ts'
import type { EditAccountOutcome } from './edit-account.ts'

type Requirement = {
  requiresTwoStep: boolean
  isCurrent: (version: number) => boolean
  tellsByMail: boolean
}

/**
 * Decides whether the account worked in requires two-step sign-in. From the next request on the gate refuses whoever has
 * none, so whoever turns it on has to have it, and those who have not are told where there is a mail server.
 */
export async function requireTwoStep(
  tx: Tx,
  actor: Actor,
  { requiresTwoStep, isCurrent, tellsByMail }: Requirement,
  now: Temporal.Instant,
): Promise<EditAccountOutcome> {
  const account = await lockOwnAccount(tx, actor.accountId)
  if (!isCurrent(account.version)) return { kind: 'stale' }
  if (requiresTwoStep === account.requiresTwoStep) return { kind: 'saved' }
  if (requiresTwoStep && !actor.hasSecondFactor) return { kind: 'refused', reason: 'two-step-not-yours' }

  await saveAccount(tx, account.id, { requiresTwoStep }, { actorName: actor.name, now })
  if (requiresTwoStep && tellsByMail) {
    const words = twoStepRequiredMail({ administratorName: actor.name, accountName: account.name })
    const mail = { key: `two-step sign-in required ${account.id} ${now.toString()}`, ...words }
    await sendMails(tx, mail, withoutTwoStep(account.id))
  }
  await audit(tx, actor, now, {
    action: requiresTwoStep ? 'account TWO_STEP REQUIRED' : 'account TWO_STEP NOT_REQUIRED',
    objectType: 'account',
    objectId: account.id,
    before: { requiresTwoStep: account.requiresTwoStep },
    after: { requiresTwoStep },
  })
  return { kind: 'saved' }
}
