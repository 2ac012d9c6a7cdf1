export const releaseAttemptLimit = 8

const firstDelaySeconds = 5
const longestDelaySeconds = 300

export type AfterFailure = { kind: 'retry'; nextTryAt: Temporal.Instant } | { kind: 'failed' }

/** Seconds to wait after the given failed attempt (1, 2, 3 …): 5, doubling, at most 300. */
export function retryDelaySeconds(attempt: number): number {
  return Math.min(firstDelaySeconds * 2 ** (attempt - 1), longestDelaySeconds)
}

/**
 * What follows a failed attempt. All eight fit into some ten minutes, so a passing fault still ends well inside the
 * hour of the window; after the last the release has failed until someone tries again.
 */
export function afterFailure(attempt: number, now: Temporal.Instant): AfterFailure {
  return attempt >= releaseAttemptLimit
    ? { kind: 'failed' }
    : { kind: 'retry', nextTryAt: now.add({ seconds: retryDelaySeconds(attempt) }) }
}
