import { setTimeout as wait } from 'node:timers/promises'

/** Waits for so many milliseconds, or until it is told to stop. */
export async function restUntilStopped(millis: number, stop: AbortSignal) {
  await wait(millis, undefined, { signal: stop }).catch(() => undefined)
}

/** For work that is waited for, and never told to stop. */
export const neverStops = new AbortController().signal
