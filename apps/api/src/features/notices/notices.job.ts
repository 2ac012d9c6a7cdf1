import { randomInt } from 'node:crypto'
import fp from 'fastify-plugin'
import { createAlarm } from '../../platform/alarm.ts'
import { workInBackground } from '../../platform/background-job.ts'
import type { Deps } from '../../platform/deps.ts'
import { listenForEvents } from '../../platform/events.ts'
import { hasMailServer } from '../../platform/mail-outbox.ts'
import { letReleasesGoFirst } from '../../platform/releases-first.ts'
import { createShareOfWork } from '../../platform/share-of-work.ts'
import { watchRound } from '../../platform/work-watch.ts'
import { spreadEvents } from './spread-events.ts'

/** A signal comes with every event; this is for signals that were lost. */
const pauseMillis = 5_000
/** Whoever releases goes first: many releases at once are told together once they are out, or after these times. */
const gathering = { quietMillis: 250, atMostMillis: 5_000, whileReleasesAreDueMillis: 300_000 }

/** Tells what has happened, in every instance, as soon as it has. */
export const noticeJob = fp(async (app, { deps }: { deps: Deps }) => {
  const mayTakePart = createShareOfWork('notices')

  async function makeRound(stop: AbortSignal) {
    try {
      await watchRound('notices', () =>
        spreadEvents(deps, {
          sendsMail: hasMailServer(deps.env),
          mayGoOn: () => !stop.aborted,
          mayTakePart,
          onFault: (eventId, error) => app.log.error({ err: error, eventId }, 'an event could not be told'),
        }),
      )
    } catch (error) {
      app.log.error({ err: error }, 'what has happened is told in the next round')
    }
  }

  workInBackground(app, async (stop) => {
    const alarm = createAlarm(stop)
    const signal = listenForEvents(deps.signals, alarm.ring)
    while (!stop.aborted) {
      await makeRound(stop)
      if (!(await alarm.sleep(pauseMillis - randomInt(500)))) continue
      await alarm.settle(gathering.quietMillis, gathering.atMostMillis)
      await letReleasesGoFirst(deps.jobDb, { atMostMillis: gathering.whileReleasesAreDueMillis, stop })
    }
    signal.close()
  })
})
