import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { traceRequests } from './trace-requests.ts'
import { traceWork } from './trace-work.ts'

/**
 * Sends spans of requests, jobs and statements to the collector that the standard variables of OpenTelemetry name.
 * A collector that is away costs spans and nothing else.
 */
export function startTraces() {
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'packline' })),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  const tracer = provider.getTracer('packline')
  const stopWatching = traceWork(tracer)
  return {
    watchRequests: traceRequests(tracer),
    close: async () => {
      stopWatching()
      await provider.shutdown()
    },
  }
}
