import { pauseAfterFaults, pauseUntilDue } from '@packline/domain/releases/queue-pauses.ts'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import { createAlarm } from '../../platform/alarm.ts'
import { workInBackground } from '../../platform/background-job.ts'
import type { Deps } from '../../platform/deps.ts'
import { watchRound } from '../../platform/work-watch.ts'
import { createPace } from '../../platform/pace.ts'
import { listenForReleases } from '../../platform/release-signal.ts'
import { createShareOfWork } from '../../platform/share-of-work.ts'
import { deriveDueInstants } from './derive-due-instants.ts'
import { batchSize, releaseDue, type Working } from './release-due.ts'
import { untilNextDue } from './release-queue.store.ts'
import { resumeNextShared } from './resume-shared.ts'
import { remindOfReleases } from './remind-of-releases.ts'

const day = 24 * 60 * 60 * 1_000

/**
 * The background job, one in every instance: sends due releases out, brings packs that are shared again up to date, wakes
 * for the next release, looks at least every five seconds, and goes on by itself when the database was away. A signal from
 * another instance only shortens the pause.
 */
export const releaseJob = fp(async (app, { deps }: { deps: Deps }) => {
  workInBackground(app, async (stop) => {
    // Alive from here on; only a round that does not come within the limit says otherwise.
    deps.jobHeartbeat.beat()
    const alarm = createAlarm(stop)
    const signal = listenForReleases(deps.signals, alarm.ring)
    const working = {
      stop,
      beforeEach: deps.jobHeartbeat.beat,
      mayTakePart: createShareOfWork('releases'),
      pace: createPace(),
    }
    let derivedAt = -Infinity
    let faults = 0
    while (!stop.aborted) {
      const round = await makeRound(deps, app.log, { ...working, derivedAt })
      derivedAt = round.derivedAt
      if (stop.aborted) break
      const pause = round.isGood ? await untilLookingAgain(deps) : undefined
      faults = pause === undefined ? faults + 1 : 0
      await alarm.sleep(pause ?? pauseAfterFaults(faults, Math.random()))
    }
    signal.close()
  })
})

type Round = { isGood: boolean; derivedAt: number }

/** One round; a failed one is logged and leaves the rest to the next. Says also when due instants were last derived. */
async function makeRound(
  deps: Deps,
  log: FastifyBaseLogger,
  { derivedAt, ...working }: Sending,
): Promise<Round> {
  try {
    return {
      isGood: true,
      derivedAt: await watchRound('releases', () => sendOut(deps, log, { derivedAt, ...working })),
    }
  } catch (error) {
    log.error({ err: error }, 'the release job could not finish its round')
    return { isGood: false, derivedAt }
  }
}

type Sending = Working & { derivedAt: number; stop: AbortSignal }

async function sendOut(
  deps: Deps,
  log: FastifyBaseLogger,
  { derivedAt, ...working }: Sending,
): Promise<number> {
  const derives = performance.now() - derivedAt > day
  if (derives) await deriveDueInstants(deps, log)
  const { stop } = working
  let transactions = await releaseDue(deps, batchSize, working)
  // Catching up may take long: what is due goes first after each of its steps, too.
  while (!stop.aborted && (await resumeNextShared(deps, log))) {
    transactions += 1 + (await releaseDue(deps, batchSize, working))
  }
  await remindOfReleases(deps, () => !stop.aborted)
  if (transactions > 0) log.info({ transactions }, 'releases went out')
  deps.jobHeartbeat.beat()
  return derives ? performance.now() : derivedAt
}

/** Undefined where the queue could not be asked. */
const untilLookingAgain = ({ jobDb }: Deps): Promise<number | undefined> =>
  untilNextDue(jobDb).then(
    (millis) => pauseUntilDue(millis, Math.random()),
    () => undefined,
  )
