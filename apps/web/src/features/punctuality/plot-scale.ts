const lowest = 0.1
const highest = 4 * 3600

/** Where the plot has lines, in seconds; the last one is the length of a release window. */
export const steps = [
  { seconds: 1, label: '1 s' },
  { seconds: 10, label: '10 s' },
  { seconds: 60, label: '1 min' },
  { seconds: 600, label: '10 min' },
  { seconds: 3600, label: '1 h' },
] as const

/** How high up a duration stands, from 0 to 1: each tenfold one as much higher as the one before. */
export function heightOf(seconds: number): number {
  const within = Math.min(highest, Math.max(lowest, seconds))
  return Math.log(within / lowest) / Math.log(highest / lowest)
}
