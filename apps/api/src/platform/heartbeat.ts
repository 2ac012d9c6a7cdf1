/** Says whether the background job of this process still makes its rounds. Machine time: an hour of demo clock is no hour. */
export type Heartbeat = { beat: () => void; isAlive: () => boolean }

const silenceLimit = 30_000

export function createHeartbeat(): Heartbeat {
  let lastBeat = -Infinity
  return {
    beat: () => {
      lastBeat = performance.now()
    },
    isAlive: () => performance.now() - lastBeat < silenceLimit,
  }
}
