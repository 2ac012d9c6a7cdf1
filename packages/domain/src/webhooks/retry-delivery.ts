/** How long a delivery is tried before it has failed. */
export const deliveryHours = 24

/** A webhook that has failed for so long is paused, until somebody has mended it. */
export const failingDaysLimit = 5

const minute = 60
const hour = 60 * minute
/** Seconds to wait after the first, second … failed attempt; the last one goes on until the 24 hours are over. */
const pauses = [5, 30, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 3 * hour]
const longest = 3 * hour
/** Spread by so much, so that what failed together does not come back together. */
const jitter = 0.2

/** Seconds until the next try after the given failed attempt (1, 2, 3 …); `random` is from 0 to below 1. */
export function secondsUntilRetry(attempt: number, random: number): number {
  const pause = pauses[attempt - 1] ?? longest
  return Math.round(pause * (1 - jitter + 2 * jitter * random) * 1_000) / 1_000
}

/** What an answer means: the delivery has arrived, the address wants nothing any more, or it is to be tried again. */
export function judgeAnswer(status: number): 'arrived' | 'gone' | 'failed' {
  if (status >= 200 && status < 300) return 'arrived'
  return status === 410 ? 'gone' : 'failed'
}
