/** A step that does this share of what it could is soon done, and little is lost with it. */
const smallest = 1 / 8

export type Pace = ReturnType<typeof createPace>

/**
 * What share of a full step is done next. Who has just begun, or has failed, does little and then twice as much each time:
 * where processes are killed again and again, or a server is so slow that it breaks off what is large, it goes on all
 * the same.
 */
export function createPace(begin = smallest) {
  let share = begin
  return {
    of: (full: number) => Math.ceil(full * share),
    succeeded: () => {
      share = Math.min(1, 2 * share)
    },
    failed: () => {
      share = smallest
    },
  }
}
