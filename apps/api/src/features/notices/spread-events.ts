import type { Database } from '@packline/database/client.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { databaseOutage } from '../../platform/database-errors.ts'
import type { Deps } from '../../platform/deps.ts'
import { claimEvents, listWaitingEvents, markSpread } from '../../platform/events.ts'
import { announceMail } from '../../platform/mail-outbox.ts'
import type { MayTakePart } from '../../platform/share-of-work.ts'
import { insertWebhookDeliveries } from '../webhooks/webhook-deliveries.store.ts'
import { insertNotices } from './notices.store.ts'

/** Events that one transaction spreads, and installations it looks at: some second and a half of work on two cores. */
const atOnce = { events: 100, installations: 10_000 }

export type SpreadOptions = {
  /** Whether there is a server to send mail to. */
  sendsMail: boolean
  size?: { events: number; installations: number }
  mayGoOn?: () => boolean
  /** Asked in each transaction; what is left to others is found again in the next round. */
  mayTakePart?: MayTakePart
  /** An event that could not be spread; it is left to the next round. */
  onFault?: (eventId: string, error: unknown) => void
}

/**
 * Spreads what has happened to whom it concerns and says how many transactions did something. The notices, mails and
 * webhooks of an event are written in the transaction that marks it as spread, for a large install base step by step: a
 * crash repeats nothing and loses nothing, and two instances never share an event. One that cannot be spread does not
 * hold up the others.
 */
export async function spreadEvents({ jobDb }: Pick<Deps, 'jobDb'>, options: SpreadOptions): Promise<number> {
  const { mayGoOn = () => true } = options
  let rounds = 0
  while (mayGoOn() && (await spreadBatch(jobDb, options))) rounds += 1
  return rounds
}

async function spreadBatch(jobDb: Database, options: SpreadOptions): Promise<boolean> {
  try {
    return await spreadClaimed(jobDb, options, { limit: (options.size ?? atOnce).events })
  } catch (error) {
    if (databaseOutage(error)) throw error
    return spreadOneByOne(jobDb, options)
  }
}

/** After a failed batch: one event a transaction, so that the one at fault is found and the others are told. */
async function spreadOneByOne(jobDb: Database, options: SpreadOptions): Promise<boolean> {
  let didSomething = false
  for (const id of await jobDb.$transaction((tx) => listWaitingEvents(tx, atOnce.events))) {
    try {
      const isSpread = await spreadClaimed(jobDb, options, { id, limit: 1 })
      didSomething ||= isSpread
    } catch (error) {
      if (databaseOutage(error)) throw error
      options.onFault?.(id, error)
    }
  }
  return didSomething
}

function spreadClaimed(
  jobDb: Database,
  { sendsMail, size = atOnce, mayTakePart = async () => true }: SpreadOptions,
  which: { id?: string; limit: number },
) {
  return jobDb.$transaction(async (tx) => {
    if (!(await mayTakePart(tx))) return false
    const eventIds = await claimEvents(tx, which)
    if (eventIds.length === 0) return false
    const { installations } = size
    const steps = await insertNotices(tx, eventIds, { installations, sendsMail })
    const spreadIds = await markSpread(tx, eventIds, steps)
    if (spreadIds.length > 0) await insertWebhookDeliveries(tx, spreadIds)
    if (sendsMail) await announceMail(tx)
    await notifyChanges(tx, { eventIds })
    return true
  })
}
