import { channel, tracingChannel } from 'node:diagnostics_channel'

export type JobName = 'releases' | 'notices' | 'mails' | 'webhooks' | 'housekeeping' | 'audit-seals'

/** A round of a background job; `startedAt` as performance.now() tells it. */
export type JobRound = { job: JobName; startedAt: number }
/** A release that the job has made current everywhere, and how long after its due instant that was. */
export type FinishedByJob = { id: string; timing: 'IMMEDIATE' | 'DATED'; lateSeconds: number }

// Channels of Node: whoever measures subscribes, and telling nobody costs nothing.
export const jobRounds = tracingChannel<JobRound, unknown>('packline:job-round')
const finishedReleases = channel<FinishedByJob>('packline:finished-release')

/** Does one round of a job in sight of those who watch. */
export const watchRound = <Result>(job: JobName, round: () => Promise<Result>): Promise<Result> =>
  jobRounds.tracePromise(round, { job, startedAt: performance.now() })

export function tellFinishedByJob(releases: readonly FinishedByJob[]) {
  for (const release of releases) finishedReleases.publish(release)
}

/** Calls `onFinished` for every release this process finishes from now on; returns how to end that. */
export function watchFinishedReleases(onFinished: (release: FinishedByJob) => void) {
  // Nobody else publishes on this channel.
  const listener = (message: unknown) => onFinished(message as FinishedByJob)
  finishedReleases.subscribe(listener)
  return () => finishedReleases.unsubscribe(listener)
}
