import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { issueRecoveryCodes } from './issue-recovery-codes.ts'

/** Other recovery codes, for when the former ones are used up or may have been seen. */
export async function renewRecoveryCodes(tx: Tx, actor: Actor, now: Temporal.Instant): Promise<string[]> {
  const codes = await issueRecoveryCodes(tx, actor.userId)
  await audit(tx, actor, now, {
    action: 'user TWO_STEP RECOVERY_CODES',
    objectType: 'user',
    objectId: actor.userId,
  })
  return codes
}
