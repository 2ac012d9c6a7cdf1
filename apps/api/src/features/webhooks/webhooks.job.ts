import { randomInt } from 'node:crypto'
import fp from 'fastify-plugin'
import { createAlarm } from '../../platform/alarm.ts'
import { workInBackground } from '../../platform/background-job.ts'
import type { Deps } from '../../platform/deps.ts'
import { watchRound } from '../../platform/work-watch.ts'
import { listenForDeliveries } from '../../platform/webhook-signal.ts'
import { createSender, type Sender } from './send-deliveries.ts'
import { untilNextDelivery } from './webhook-deliveries.store.ts'

const longestPause = 5_000
/** What is due and cannot be taken yet waits for room, which rings. */
const shortestPause = 500

/** Sends deliveries of webhooks in every instance, as they become due. A signal only shortens the pause. */
export const webhookJob = fp(async (app, { deps }: { deps: Deps }) => {
  /** Begins what is due, as far as there is room, and says how long to wait then. */
  async function makeRound(sender: Sender): Promise<number> {
    try {
      if ((await watchRound('webhooks', sender.sendDue)) > 0) return 0
      const millis = (await untilNextDelivery(deps.jobDb)) ?? longestPause
      return Math.min(Math.max(millis, shortestPause), longestPause - randomInt(500))
    } catch (error) {
      app.log.error({ err: error }, 'deliveries of webhooks are left to the next round')
      return 1_000 + randomInt(500)
    }
  }

  workInBackground(app, async (stop) => {
    const alarm = createAlarm(stop)
    const signal = listenForDeliveries(deps.signals, alarm.ring)
    const sender = createSender(deps, {
      onRoom: alarm.ring,
      onFault: (deliveryId, error) =>
        app.log.error({ err: error, deliveryId }, 'the outcome of a delivery could not be written down'),
    })
    while (!stop.aborted) {
      const pause = await makeRound(sender)
      if (pause > 0) await alarm.sleep(pause)
    }
    await sender.settle()
    signal.close()
  })
})
