import { type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { currentSpan, startSpan } from './spans.ts'

/** One span a request, named after its route: addresses, headers and bodies are not told. */
export const traceRequests = (tracer: Tracer) => (app: FastifyInstance) => {
  const spans = new WeakMap<FastifyRequest, Span>()

  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const span = startSpan(tracer, `${request.method} ${route}`, {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'http.route': route,
        'packline.request.id': request.id,
      },
    })
    spans.set(request, span)
    currentSpan.run(span, done)
  })
  // A body that has been read goes on where its connection was, and not in this request.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span) currentSpan.run(span, done)
    else done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request)
    span?.setAttribute('http.response.status_code', reply.statusCode)
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
    span?.end()
    done()
  })
}
