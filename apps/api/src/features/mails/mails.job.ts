import { randomInt } from 'node:crypto'
import fp from 'fastify-plugin'
import { createAlarm } from '../../platform/alarm.ts'
import { workInBackground } from '../../platform/background-job.ts'
import type { Deps } from '../../platform/deps.ts'
import { listenForMails, untilNextMail } from '../../platform/mail-outbox.ts'
import { watchRound } from '../../platform/work-watch.ts'
import { deliverMails } from './deliver-mails.ts'

const longestPause = 30_000
const shortestPause = 500
const pauseWhenAway = 15_000

/** Sends mail in every instance, where a mail server is configured. A signal only shortens the pause. */
export const mailJob = fp(async (app, { deps }: { deps: Deps }) => {
  const { mail, publicUrl } = deps.env
  if (!mail || publicUrl === undefined) return
  // Without a mail server nobody needs what speaks to one.
  const { createMailTransport } = await import('../../platform/mail-transport.ts')
  const transport = createMailTransport(mail)

  /** Sends what is due and says how long to wait then. */
  async function makeRound(stop: AbortSignal): Promise<number> {
    try {
      const { sent, isServerAway } = await watchRound('mails', () =>
        deliverMails(deps.jobDb, {
          transport,
          publicUrl: publicUrl ?? '',
          mayGoOn: () => !stop.aborted,
          onGivenUp: ({ id, error }) => app.log.error({ mailId: id, cause: error }, 'a mail was given up'),
        }),
      )
      if (sent > 0) app.log.info({ sent }, 'mails were sent')
      if (isServerAway) {
        app.log.warn('the mail server takes no mail; trying again later')
        return pauseWhenAway + randomInt(5_000)
      }
      const millis = (await untilNextMail(deps.jobDb)) ?? longestPause
      return Math.min(Math.max(millis, shortestPause), longestPause - randomInt(500))
    } catch (error) {
      app.log.error({ err: error }, 'mails are left to the next round')
      return 1_000 + randomInt(500)
    }
  }

  workInBackground(app, async (stop) => {
    const alarm = createAlarm(stop)
    const signal = listenForMails(deps.signals, alarm.ring)
    while (!stop.aborted) await alarm.sleep(await makeRound(stop))
    signal.close()
    transport.close()
  })
})
