import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { deleteClock } from './clock.store.ts'

/** Lets the business clock follow real time again. */
export async function resetClock(tx: Tx, actor: Actor, now: Temporal.Instant) {
  await audit(tx, actor, now, {
    action: 'demo.clock RESET',
    objectType: 'clock',
    objectId: 'demo',
    before: { now: now.toString() },
  })
  await deleteClock(tx)
  await notifyReleaseJob(tx)
}
