import type { TracingChannel } from 'node:diagnostics_channel'
import { type Span, SpanKind, type Tracer } from '@opentelemetry/api'
import { type Statement, statements } from '@packline/database/watch-statements.ts'
import { type JobRound, jobRounds, watchFinishedReleases } from '../platform/work-watch.ts'
import { currentSpan, markFailed, startSpan } from './spans.ts'

const nothing = () => undefined

/** Rounds of jobs, the releases they finish and the statements of everything; returns how to stop looking on. */
export function traceWork(tracer: Tracer) {
  const stops = [
    watch(jobRounds, ({ job }: JobRound) =>
      startSpan(tracer, `job ${job}`, { attributes: { 'packline.job': job } }),
    ),
    watch(statements, ({ sql }: Statement) =>
      startSpan(tracer, sql.trimStart().split(/\s/, 1)[0] ?? 'statement', {
        kind: SpanKind.CLIENT,
        // Values stand apart from it, so it tells nothing that is not in the code.
        attributes: { 'db.system.name': 'postgresql', 'db.query.text': sql.slice(0, 2_000) },
      }),
    ),
    watchFinishedReleases(({ id, timing, lateSeconds }) =>
      startSpan(tracer, 'release finished', {
        attributes: {
          'packline.release.id': id,
          'packline.release.timing': timing,
          'packline.release.late_seconds': lateSeconds,
        },
      }).end(),
    ),
  ]
  return () => stops.forEach((stop) => stop())
}

/** A span for each piece of work on the channel; what the work does is done inside that span. */
function watch<Work extends object>(channel: TracingChannel<Work, unknown>, start: (work: Work) => Span) {
  const spans = new WeakMap<Work, Span>()
  channel.start.bindStore(currentSpan, (work) => {
    const span = start(work)
    spans.set(work, span)
    return span
  })
  const subscribers = {
    start: nothing,
    end: nothing,
    asyncStart: nothing,
    asyncEnd: (work: Work) => spans.get(work)?.end(),
    error: (work: Work & { error: unknown }) => {
      const span = spans.get(work)
      if (span) markFailed(span, work.error)
    },
  }
  channel.subscribe(subscribers)
  return () => {
    channel.start.unbindStore(currentSpan)
    channel.unsubscribe(subscribers)
  }
}
