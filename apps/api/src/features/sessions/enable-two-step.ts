import type { Database } from '@packline/database/client.ts'
import { openSteps, readCode } from '@packline/domain/accounts/two-step-sign-in.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { findStep, keyContext } from '../../platform/one-time-code.ts'
import type { SecretBox } from '../../platform/secret-box.ts'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { lockUser } from '../users/users.store.ts'
import { issueRecoveryCodes } from './issue-recovery-codes.ts'
import { deleteOtherSessions, replaceToken } from './sessions.store.ts'
import { findTwoStep, realNow, saveLastStep, saveTurnedOn } from './two-step.store.ts'

export type EnableTwoStepOutcome =
  | { kind: 'turned-on'; token: string; recoveryCodes: string[] }
  | { kind: 'refused'; reason: 'code-wrong' | 'two-step-not-started' | 'two-step-is-on' }

/**
 * Turns two-step sign-in on with the first code of the key that waits: the user's other sessions end, and this one gets a
 * new token. Wrong codes lock nobody: whoever sees the key has no need to guess.
 */
export function enableTwoStep(
  db: Database,
  secrets: SecretBox,
  actor: Actor,
  { sessionId, code }: { sessionId: string; code: string },
): Promise<EnableTwoStepOutcome> {
  return db.$transaction(async (tx): Promise<EnableTwoStepOutcome> => {
    const user = await lockUser(tx, actor.userId)
    const waiting = user && (await findTwoStep(tx, user.id))
    if (waiting?.isOn) return { kind: 'refused', reason: 'two-step-is-on' }
    if (!user || !waiting?.isInTime) return { kind: 'refused', reason: 'two-step-not-started' }

    const shown = readCode(code)
    const key = secrets.open(waiting.key, keyContext(user.id))
    const steps = openSteps(await realNow(tx), waiting.lastStep)
    const step = shown.kind === 'one-time' ? findStep(key, shown.code, steps) : undefined
    if (step === undefined) return { kind: 'refused', reason: 'code-wrong' }

    await saveTurnedOn(tx, user.id)
    await saveLastStep(tx, user.id, step)
    const recoveryCodes = await issueRecoveryCodes(tx, user.id)
    const endedSessions = await deleteOtherSessions(tx, user.id, sessionId)
    const token = newToken()
    await replaceToken(tx, sessionId, hashToken(token))
    await audit(tx, actor, await businessNow(tx), {
      action: 'user TWO_STEP ON',
      objectType: 'user',
      objectId: user.id,
      after: { endedSessions },
    })
    return { kind: 'turned-on', token, recoveryCodes }
  })
}
