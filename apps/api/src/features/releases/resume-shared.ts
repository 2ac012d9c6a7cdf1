import { retryDelaySeconds } from '@packline/domain/releases/retry-policy.ts'
import type { FastifyBaseLogger } from 'fastify'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { businessNow } from '../../platform/clock.ts'
import { databaseOutage, describeFailure } from '../../platform/database-errors.ts'
import type { Deps } from '../../platform/deps.ts'
import {
  catchUp,
  claimCatchUp,
  type ClaimedCatchUp,
  isAnyToCatchUp,
  putOffCatchUp,
} from '../installations/sharing-catch-ups.store.ts'
import { batchSize } from './release-due.ts'

/**
 * Takes the next step for a pack that is shared again (D-4): a bounded number of installations in one transaction, from
 * where the step before ended, however many there are and whoever took that one. False when nothing waits. A step that
 * fails is tried again, less and less often, and holds up no other pack.
 */
export async function resumeNextShared(
  deps: Deps,
  log?: FastifyBaseLogger,
  limit: number = batchSize.installations,
): Promise<boolean> {
  let claimed: ClaimedCatchUp | undefined
  try {
    return await deps.jobDb.$transaction(async (tx) => {
      if (!(await isAnyToCatchUp(tx))) return false
      claimed = await claimCatchUp(tx)
      if (!claimed) return false
      const { updated } = await catchUp(tx, claimed, limit, await businessNow(tx))
      if (updated > 0) await notifyAtoms(tx)
      await notifyChanges(tx, { releaseIds: [claimed.currentReleaseId] })
      return true
    })
  } catch (error) {
    if (databaseOutage(error) || !claimed) throw error
    log?.error({ err: error, packId: claimed.packId }, 'a pack that is shared again could not catch up')
    await putOff(deps, claimed, error)
    return true
  }
}

function putOff(deps: Deps, { packId, attempts: before }: ClaimedCatchUp, error: unknown) {
  return deps.jobDb.$transaction(async (tx) => {
    const attempts = before + 1
    const nextTryAt = (await businessNow(tx)).add({ seconds: retryDelaySeconds(attempts) })
    const cause = `Installations could not be brought to the current release: ${describeFailure(error)}.`
    await putOffCatchUp(tx, packId, { attempts, error: cause, nextTryAt })
  })
}
