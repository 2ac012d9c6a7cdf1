import { setTimeout as wait } from 'node:timers/promises'

/** Waits until it is so, and throws when it is not in time. */
export async function until(isSo: () => Promise<boolean>, what: string, seconds = 60) {
  const deadline = performance.now() + seconds * 1_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} seconds`)
    await wait(20)
  }
}
