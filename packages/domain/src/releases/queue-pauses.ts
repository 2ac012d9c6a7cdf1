/** The longest and the shortest pause between two looks at the queue, in milliseconds. */
const longest = 5_000
const shortest = 20
/** The longest ones while something is due that others hold, and while the server fails. */
const longestWhileHeld = 250
const longestAfterFaults = 1_000

/**
 * How long the release job rests, in milliseconds, when the next release is due in `untilDue`, or none waits: until then,
 * but not for so long that a clock that jumps would pass it by. What is overdue and not claimed is in other hands: soon
 * out, or free because these have died. The longer it has been due, the rarer the looks. `jitter`, below one, lets
 * instances drift apart.
 */
export function pauseUntilDue(untilDue: number | undefined, jitter: number): number {
  if (untilDue !== undefined && untilDue <= 0)
    return Math.min(Math.max(-untilDue / 4, shortest), longestWhileHeld)
  return Math.min(Math.max(untilDue ?? longest, shortest), longest * (1 - jitter / 10))
}

/**
 * How long it rests after so many faults in a row. A connection that was lost is there again at once; a server that cannot
 * write would only be kept busy by being asked again and again.
 */
export const pauseAfterFaults = (faults: number, jitter: number): number =>
  Math.min(50 * 2 ** faults, longestAfterFaults) * (1 + jitter / 2)
