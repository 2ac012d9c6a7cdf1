import { type Database, poolUse } from '@packline/database/client.ts'
import { Gauge, type Registry } from '@prometheus-io/client'

/** How much of each pool of connections is in use at the moment somebody asks. */
export function poolMetrics(registry: Registry, pools: Record<string, Database>) {
  const gauges: [name: string, help: string, key: keyof ReturnType<typeof poolUse>][] = [
    ['packline_pool_busy', 'Connections of the pool that are at work.', 'busy'],
    ['packline_pool_idle', 'Connections of the pool that are open and free.', 'idle'],
    [
      'packline_pool_waiting',
      'Statements and transactions that wait for a connection of the pool.',
      'waiting',
    ],
    ['packline_pool_limit', 'How many connections the pool may open.', 'limit'],
  ]
  for (const [name, help, key] of gauges) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['pool'],
      registers: [registry],
      collect: () => {
        for (const [pool, database] of Object.entries(pools)) gauge.set({ pool }, poolUse(database)[key])
      },
    })
  }
}
