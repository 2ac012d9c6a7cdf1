import { randomInt } from 'node:crypto'
import fp from 'fastify-plugin'
import { createAlarm } from '../../platform/alarm.ts'
import type { Deps } from '../../platform/deps.ts'
import { watchRound } from '../../platform/work-watch.ts'
import { listenForDeliveries } from '../../platform/webhook-signal.ts'
import { createSender } from './send-deliveries.ts'
import { untilNextDelivery } from './webhook-deliveries.store.ts'

const longestPause = 5_000
/** What is due and cannot be taken yet waits for room, which rings. */
const shortestPause = 500

/** Sends deliveries of webhooks in every instance, as they become due. A signal only shortens the pause. */
export const webhookJob = fp(async (app, { deps, databaseUrl }: { deps: Deps; databaseUrl: string }) => {
  const alarm = createAlarm()
  const sender = createSender(deps, {
    onRoom: alarm.ring,
    onFault: (deliveryId, error) =>
      app.log.error({ err: error, deliveryId }, 'the outcome of a delivery could not be written down'),
  })
  let isStopping = false
  let running: Promise<void> = Promise.resolve()

  async function makeRound() {
    try {
      if ((await watchRound('webhooks', sender.sendDue)) > 0) return
      const millis = (await untilNextDelivery(deps.jobDb)) ?? longestPause
      await alarm.sleep(Math.min(Math.max(millis, shortestPause), longestPause - randomInt(500)))
    } catch (error) {
      app.log.error({ err: error }, 'deliveries of webhooks are left to the next round')
      await alarm.sleep(1_000 + randomInt(500))
    }
  }

  app.addHook('onReady', () => {
    const signal = listenForDeliveries(databaseUrl, alarm.ring)
    running = (async () => {
      while (!isStopping) await makeRound()
      await sender.settle()
      await signal.close()
    })()
  })
  app.addHook('onClose', async () => {
    isStopping = true
    alarm.ring()
    await running
  })
})
