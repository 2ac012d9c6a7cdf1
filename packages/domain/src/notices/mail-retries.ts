const firstPauseSeconds = 30
const longestPauseSeconds = 3_600

/** Seconds until a mail is tried again after this many attempts: half a minute, doubling, at most an hour. */
export const mailRetrySeconds = (attempts: number): number =>
  Math.min(firstPauseSeconds * 2 ** Math.max(0, attempts - 1), longestPauseSeconds)
