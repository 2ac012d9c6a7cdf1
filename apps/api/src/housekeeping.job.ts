import fp from 'fastify-plugin'
import { deleteOldTokens } from './features/atoms/install-tokens.store.ts'
import { deleteAbandonedContents } from './features/components/content.store.ts'
import { deleteOldNotices } from './features/notices/notices.store.ts'
import { deleteOldResets } from './features/password-resets/password-resets.store.ts'
import { deleteAbandonedSignOns } from './features/sessions/single-sign-on.store.ts'
import { sealKeys } from './features/sessions/seal-keys.ts'
import { deleteExpiredSessions } from './features/sessions/sessions.store.ts'
import { deleteExpiredTickets } from './features/sessions/sign-in-tickets.store.ts'
import { deleteExpiredVouches } from './features/sessions/vouched-people.store.ts'
import { sealSecrets } from './features/webhooks/seal-secrets.ts'
import { deleteOldDeliveries } from './features/webhooks/webhook-deliveries.store.ts'
import type { Deps } from './platform/deps.ts'
import { deleteOldAnswers } from './platform/idempotency.ts'
import { deleteExpiredContinuations } from './platform-api/query/query-tokens.store.ts'
import { watchRound } from './platform/work-watch.ts'
import { deleteOldMails } from './platform/mail-outbox.ts'
import { deleteOldTries } from './platform/sign-in-limit.ts'

const hour = 60 * 60 * 1_000

async function throwAway(db: Deps['jobDb']) {
  await deleteExpiredSessions(db)
  await deleteAbandonedSignOns(db)
  await deleteExpiredTickets(db)
  await deleteExpiredVouches(db)
  await deleteAbandonedContents(db)
  await deleteOldAnswers(db)
  await deleteOldNotices(db)
  await deleteOldMails(db)
  await deleteOldDeliveries(db)
  await deleteOldTokens(db)
  await deleteExpiredContinuations(db)
  await deleteOldResets(db)
  await deleteOldTries(db)
}

/** Once an hour: throws away what nobody can use any more. Every instance does it; the second finds nothing left. */
export const housekeepingJob = fp(async (app, { deps }: { deps: Deps }) => {
  const tidy = async () => {
    try {
      await watchRound('housekeeping', async () => {
        await throwAway(deps.jobDb)
        // An instance of the version before may have stored one as it is.
        await sealSecrets(deps.jobDb, deps.secrets)
        await sealKeys(deps.jobDb, deps.secrets)
      })
    } catch (error) {
      app.log.warn({ err: error }, 'housekeeping is left to the next hour')
    }
  }
  let timer: NodeJS.Timeout | undefined
  app.addHook('onReady', () => {
    timer = setInterval(() => void tidy(), hour)
    timer.unref()
    void tidy()
  })
  app.addHook('onClose', () => clearInterval(timer))
})
