import { setTimeout as wait } from 'node:timers/promises'
import type { Instance } from '../product/instances.ts'

/**
 * Asks an instance, again and again, for what it answers without its database: how slow this machine is meanwhile.
 * `stop` says how many milliseconds the slowest answer took.
 */
export function watchSlowestAnswer({ address }: Instance) {
  let isStopping = false
  let slowest = 0
  const asking = (async () => {
    while (!isStopping) {
      const asked = performance.now()
      await (await fetch(`${address}/healthz`)).text()
      slowest = Math.max(slowest, performance.now() - asked)
      await wait(20)
    }
  })()
  // Whoever stops it hears of it.
  asking.catch(() => undefined)
  return {
    async stop() {
      isStopping = true
      await asking
      return slowest
    },
  }
}
