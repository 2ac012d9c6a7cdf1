import type { Tx } from '@packline/database/client.ts'
import type { EventType } from '@packline/domain/notices/event-type.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockUser } from '../users/users.store.ts'
import { listMailOff, saveMailOff } from './notices.store.ts'

/** Keeps of which kinds somebody wants no mail; mail of all others comes. */
export async function chooseNoticeMails(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  mailOff: readonly EventType[],
) {
  await lockUser(tx, actor.userId)
  const before = await listMailOff(tx, actor.userId)
  await saveMailOff(tx, actor.userId, [...new Set(mailOff)])
  await audit(tx, actor, now, {
    action: 'user UPDATE NOTICES',
    objectType: 'user',
    objectId: actor.userId,
    before: { mailOff: before },
    after: { mailOff: await listMailOff(tx, actor.userId) },
  })
}
