import fp from 'fastify-plugin'
import { workInBackground } from '../../platform/background-job.ts'
import type { Deps } from '../../platform/deps.ts'
import { letReleasesGoFirst } from '../../platform/releases-first.ts'
import { restUntilStopped } from '../../platform/stop-signal.ts'
import { watchRound } from '../../platform/work-watch.ts'
import { sealEntries } from './seal-entries.ts'

const pause = 10_000
/** Entries wait for their seal no longer than this while releases are due. */
const longestWait = 120_000

/**
 * Seals the audit log after the acts, every ten seconds and in every instance; one of them does it at a time. A
 * midnight's releases go first, and after a full batch it rests twice as long as that batch took.
 */
export const auditLogJob = fp(async (app, { deps }: { deps: Deps }) => {
  const makeRound = async (stop: AbortSignal): Promise<number> => {
    try {
      await letReleasesGoFirst(deps.jobDb, { atMostMillis: longestWait, stop })
      const beganAt = performance.now()
      const outcome = await watchRound('audit-seals', () => sealEntries(deps.jobDb))
      const isMoreLeft = outcome.kind === 'sealed' && outcome.isMoreLeft
      return isMoreLeft ? 2 * (performance.now() - beganAt) : pause
    } catch (error) {
      app.log.warn({ err: error }, 'the audit log is sealed in the next round')
      return pause
    }
  }
  workInBackground(app, async (stop) => {
    while (!stop.aborted) await restUntilStopped(await makeRound(stop), stop)
  })
})
