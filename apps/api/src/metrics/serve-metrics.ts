import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectDatabase } from '@packline/database/client.ts'
import { collectDefaultMetrics, Registry } from '@prometheus-io/client'
import type { Deps } from '../platform/deps.ts'
import { databaseMetrics } from './database-metrics.ts'
import { jobMetrics } from './job-metrics.ts'
import { poolMetrics } from './pool-metrics.ts'
import { requestMetrics } from './request-metrics.ts'

/**
 * Measurements for Prometheus, at an address and port of their own: whoever reaches the console cannot reach them.
 * `watchRequests` is for the app whose requests are measured.
 */
export async function serveMetrics(deps: Deps, { host, port }: { host: string; port: number }) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const watchRequests = requestMetrics(registry)
  const stopWatchingJobs = jobMetrics(registry)
  poolMetrics(registry, { requests: deps.db, system: deps.systemDb, atoms: deps.atomDb, job: deps.jobDb })
  // A connection of its own: full pools are what these measurements have to show.
  const ownDb = connectDatabase({
    url: deps.databaseUrl,
    connections: 1,
    name: 'metrics',
    statementTimeoutSeconds: 3,
    writesSql: true,
    actsFor: 'system',
  })
  databaseMetrics(registry, ownDb)

  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  // A server that listens on a port has an address that is no path.
  const { port: chosen } = server.address() as AddressInfo

  return {
    port: chosen,
    watchRequests,
    close: async () => {
      stopWatchingJobs()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      await ownDb.$disconnect()
    },
  }
}
