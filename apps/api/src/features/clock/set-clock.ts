import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { saveClock } from './clock.store.ts'

const earliest = Temporal.Instant.from('2000-01-01T00:00:00Z')
const latest = Temporal.Instant.from('2100-01-01T00:00:00Z')

export type SetClockOutcome = { kind: 'set' } | { kind: 'refused'; reason: 'instant-out-of-range' }

/** Sets the business clock, for everybody and every instance; what has become due goes out at once. */
export async function setClock(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  instant: Temporal.Instant,
): Promise<SetClockOutcome> {
  const isTooEarly = Temporal.Instant.compare(instant, earliest) < 0
  if (isTooEarly || Temporal.Instant.compare(instant, latest) >= 0) {
    return { kind: 'refused', reason: 'instant-out-of-range' }
  }
  await audit(tx, actor, now, {
    action: 'demo.clock SET',
    objectType: 'clock',
    objectId: 'demo',
    before: { now: now.toString() },
    after: { now: instant.toString() },
  })
  await saveClock(tx, instant)
  await notifyReleaseJob(tx)
  return { kind: 'set' }
}
