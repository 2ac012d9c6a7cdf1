import { cleanLines, countCharacters } from '../text/clean-text.ts'
import {
  type NotScheduledRefusal,
  type ReleaseStatus,
  type ReleaseTiming,
  whyNotScheduled,
} from './release-status.ts'

export const cancelReasonLimit = 500

export type CancelPlan =
  | { kind: 'planned'; cancelReason: string }
  | { kind: 'refused'; reason: NotScheduledRefusal | 'cancel-reason-missing' | 'cancel-reason-too-long' }

/** Cancels a scheduled release, with a reason of 1 to 500 characters (D-1). */
export function planCancel(
  release: { status: ReleaseStatus; timing: ReleaseTiming },
  reason: string,
): CancelPlan {
  const notScheduled = whyNotScheduled(release)
  if (notScheduled !== null) return { kind: 'refused', reason: notScheduled }
  const cancelReason = cleanLines(reason)
  if (cancelReason === '') return { kind: 'refused', reason: 'cancel-reason-missing' }
  if (countCharacters(cancelReason) > cancelReasonLimit) {
    return { kind: 'refused', reason: 'cancel-reason-too-long' }
  }
  return { kind: 'planned', cancelReason }
}
