import type { Tx } from '@packline/database/client.ts'
import { openSteps, readCode } from '@packline/domain/accounts/two-step-sign-in.ts'
import { findStep, keyContext } from '../../platform/one-time-code.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { hashToken } from '../../platform/session-token.ts'
import { findTwoStep, realNow, saveLastStep, takeRecoveryCode } from './two-step.store.ts'

/**
 * Takes a code of the user's authenticator app, or one of their recovery codes, and says which; undefined when it is
 * neither. Each counts once. Lock the user first.
 */
export async function claimCode(
  tx: Tx,
  secrets: SecretBox,
  userId: string,
  text: string,
): Promise<'one-time' | 'recovery' | undefined> {
  const shown = readCode(text)
  const twoStep = await findTwoStep(tx, userId)
  if (shown.kind === 'no-code' || !twoStep?.isOn) return undefined
  if (shown.kind === 'recovery') {
    return (await takeRecoveryCode(tx, userId, hashToken(shown.code))) ? 'recovery' : undefined
  }
  const key = secrets.open(twoStep.key, keyContext(userId))
  const step = findStep(key, shown.code, openSteps(await realNow(tx), twoStep.lastStep))
  if (step === undefined) return undefined
  await saveLastStep(tx, userId, step)
  return 'one-time'
}
