export type Alarm = {
  ring: () => void
  /** Says whether a ring has ended it. */
  sleep: (millis: number) => Promise<boolean>
  /** Waits until nothing has rung for so long, and no longer than `atMost`, in milliseconds. */
  settle: (millis: number, atMost: number) => Promise<void>
}

/** A sleep that a ring ends early; a ring while nobody sleeps ends the next sleep at once. */
export function createAlarm(): Alarm {
  let wake: (() => void) | undefined
  let hasRung = false
  return {
    ring: () => {
      hasRung = true
      wake?.()
    },
    sleep: async (millis) => {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, millis)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const isWoken = hasRung
      wake = undefined
      hasRung = false
      return isWoken
    },
    settle: async (millis, atMost) => {
      const end = performance.now() + atMost
      do {
        hasRung = false
        await new Promise((resolve) => setTimeout(resolve, millis))
      } while (hasRung && performance.now() < end)
      hasRung = false
    },
  }
}
