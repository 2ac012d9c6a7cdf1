import type { ReleaseStatus } from './release-status.ts'

export type RetryPlan =
  | { kind: 'planned'; nextTryAt: Temporal.Instant }
  | { kind: 'refused'; reason: 'release-not-failed' | 'release-replaced' | 'release-in-progress' }

/**
 * Try again: a failed release becomes due at once with its attempts counted from nought. Not when a later release
 * of the pack is scheduled or out, because the older content would then overwrite the newer.
 */
export function planRetry(
  release: { status: ReleaseStatus; sequence: number },
  pack: { latestSequence: number; isReleasing: boolean },
  now: Temporal.Instant,
): RetryPlan {
  if (release.status !== 'ERROR') return { kind: 'refused', reason: 'release-not-failed' }
  if (pack.isReleasing) return { kind: 'refused', reason: 'release-in-progress' }
  if (pack.latestSequence > release.sequence) return { kind: 'refused', reason: 'release-replaced' }
  return { kind: 'planned', nextTryAt: now }
}
