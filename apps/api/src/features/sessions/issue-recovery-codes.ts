import type { Tx } from '@packline/database/client.ts'
import { inGroups, recoveryCodeCount } from '@packline/domain/accounts/two-step-sign-in.ts'
import { newRecoveryCode } from '../../platform/one-time-code.ts'
import { hashToken } from '../../platform/session-token.ts'
import { replaceRecoveryCodes } from './two-step.store.ts'

/** Gives the user new recovery codes, as they are shown; those from before work no more. */
export async function issueRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  await replaceRecoveryCodes(tx, userId, codes.map(hashToken))
  return codes.map(inGroups)
}
