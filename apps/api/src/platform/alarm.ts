export type Alarm = {
  ring: () => void
  /** Says whether a ring has ended it. */
  sleep: (millis: number) => Promise<boolean>
  /** Waits until nothing has rung for so long, and no longer than `atMost`, in milliseconds. */
  settle: (millis: number, atMost: number) => Promise<void>
}

/**
 * A sleep that a ring ends early; a ring while nobody sleeps ends the next sleep at once. Whoever is told to stop does
 * not wait at all any more.
 */
export function createAlarm(stop: AbortSignal): Alarm {
  let endPause: (() => void) | undefined
  let endSleep: (() => void) | undefined
  let hasRung = false
  const pause = async (millis: number) => {
    if (stop.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, millis)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
  stop.addEventListener('abort', () => endPause?.(), { once: true })
  return {
    ring: () => {
      hasRung = true
      endSleep?.()
    },
    sleep: async (millis) => {
      endSleep = () => endPause?.()
      if (!hasRung) await pause(millis)
      endSleep = undefined
      const isWoken = hasRung
      hasRung = false
      return isWoken
    },
    settle: async (millis, atMost) => {
      const end = performance.now() + atMost
      do {
        hasRung = false
        await pause(millis)
      } while (hasRung && !stop.aborted && performance.now() < end)
      hasRung = false
    },
  }
}
