import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'

/** The span in which this code runs, however many awaits away it began. */
export const currentSpan = new AsyncLocalStorage<Span>()

export function startSpan(
  tracer: Tracer,
  name: string,
  { kind = SpanKind.INTERNAL, attributes = {} }: { kind?: SpanKind; attributes?: Attributes } = {},
): Span {
  const parent = currentSpan.getStore()
  return tracer.startSpan(name, { kind, attributes }, parent && trace.setSpan(ROOT_CONTEXT, parent))
}

/** What kind of error it was; its words may hold what nobody outside should read. */
export const markFailed = (span: Span, error: unknown) =>
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
