import { Counter, Histogram, type Registry } from '@prometheus-io/client'
import { jobRounds, type JobRound, watchFinishedReleases } from '../platform/work-watch.ts'

const nothing = () => undefined

/** What the background jobs of this process do; returns how to stop looking on. */
export function jobMetrics(registry: Registry) {
  const registers = [registry]
  const lateness = new Histogram({
    name: 'packline_release_lateness_seconds',
    help: 'Time from the instant a release was due until it was current everywhere; its window ends after 3600.',
    labelNames: ['timing'],
    buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 21_600, 86_400],
    registers,
  })
  for (const timing of ['DATED', 'IMMEDIATE']) lateness.zero({ timing })
  const duration = new Histogram({
    name: 'packline_job_round_seconds',
    help: 'How long one round of a background job takes, failed ones included.',
    labelNames: ['job'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300],
    registers,
  })
  const failures = new Counter({
    name: 'packline_job_round_failures_total',
    help: 'Rounds of a background job that ended in an error and are made again.',
    labelNames: ['job'],
    registers,
  })

  const subscribers = {
    start: ({ job }: JobRound) => failures.inc({ job }, 0),
    end: nothing,
    asyncStart: nothing,
    asyncEnd: ({ job, startedAt }: JobRound) =>
      duration.observe({ job }, (performance.now() - startedAt) / 1_000),
    error: ({ job }: JobRound) => failures.inc({ job }),
  }
  jobRounds.subscribe(subscribers)
  const stopWatching = watchFinishedReleases(({ timing, lateSeconds }) =>
    // Business time that was set back makes less than nothing of it.
    lateness.observe({ timing }, Math.max(0, lateSeconds)),
  )
  return () => {
    jobRounds.unsubscribe(subscribers)
    stopWatching()
  }
}
