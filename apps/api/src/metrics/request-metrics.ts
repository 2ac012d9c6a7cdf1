import { Histogram, type Registry } from '@prometheus-io/client'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** How long answers take, by the route's pattern: addresses have ids, and each would be a series of its own. */
export function requestMetrics(registry: Registry) {
  const duration = new Histogram({
    name: 'packline_http_request_seconds',
    help: 'Time from a request to the end of its answer, by route, method and class of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return (app: FastifyInstance) => {
    app.addHook('onResponse', (request, reply, done) => {
      // A stream of events ends when its page is closed; how long that took says nothing about the server.
      if (!isStream(reply)) {
        duration.observe(
          {
            method: request.method,
            route: request.routeOptions.url ?? 'unknown',
            status: `${Math.floor(reply.statusCode / 100)}xx`,
          },
          reply.elapsedTime / 1_000,
        )
      }
      done()
    })
  }
}

const isStream = (reply: FastifyReply) =>
  String(reply.getHeader('content-type')).startsWith('text/event-stream')
