import { getHeapStatistics } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { overloaded, RequestRefused } from './problems.ts'

export type OverloadLimits = {
  /** How often it is looked, and how late a look may come before the process has stood still. */
  lookMillis: number
  standstillMillis: number
  /** Of the memory that Node gives to objects. */
  heapShare: number
}
const usual: OverloadLimits = { lookMillis: 500, standstillMillis: 3_000, heapShare: 0.9 }

/**
 * Refuses requests while the process itself cannot keep up, before they make it worse: those that piled up while it stood
 * still, and all as long as its memory is nearly used up. A library that looks at the mean delay sees neither one long
 * standstill nor the moment after it. Whether the process lives is told all the same.
 */
export function refuseWhenOverloaded(app: FastifyInstance, limits: Partial<OverloadLimits> = {}) {
  const { lookMillis, standstillMillis, heapShare } = { ...usual, ...limits }
  let isOverloaded = false
  let looks: NodeJS.Timeout | undefined
  app.addHook('onListen', async () => {
    let lookedAt = performance.now()
    looks = setInterval(() => {
      const late = performance.now() - lookedAt - lookMillis
      const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
      isOverloaded = late > standstillMillis || used > heapShare * limit
      lookedAt = performance.now()
    }, lookMillis).unref()
  })
  app.addHook('onClose', async () => clearInterval(looks))
  app.addHook('onRequest', async ({ routeOptions }) => {
    if (isOverloaded && !healthChecks.has(routeOptions.url)) throw new RequestRefused(overloaded)
  })
}

const healthChecks = new Set<string | undefined>(['/healthz', '/readyz'])
