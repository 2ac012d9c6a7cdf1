import { setTimeout as wait } from 'node:timers/promises'

/**
 * Milliseconds until the next try: doubling from the first pause to the longest, half of it chance, so that a thousand
 * Atoms that lost the same server do not come back in the same instant.
 */
export function backOffMillis(
  failures: number,
  {
    first = 500,
    longest = 30_000,
    chance = Math.random(),
  }: { first?: number; longest?: number; chance?: number } = {},
): number {
  const whole = Math.min(longest, first * 2 ** Math.min(failures - 1, 20))
  return Math.round(whole / 2 + (whole / 2) * chance)
}

/** Sleeps that long or until the signal; never rejects. */
export const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  signal.aborted ? Promise.resolve() : wait(millis, undefined, { signal }).catch(() => undefined)
