import type { Tx } from '@packline/database/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { markRead, markReadUpTo } from './notices.store.ts'

/** One notice, or it and all before it. */
export type NoticesToRead = { noticeId: string; andEarlier: boolean }

/**
 * Marks one's own notices as read; false when there is no such notice. What somebody has looked at is theirs alone and
 * changes nothing for anybody, so it is not written into the audit log.
 */
export function readNotices(
  tx: Tx,
  { userId, accountId }: Actor,
  now: Temporal.Instant,
  { noticeId, andEarlier }: NoticesToRead,
): Promise<boolean> {
  const mark = andEarlier ? markReadUpTo : markRead
  return mark(tx, { scope: accountId, userId }, noticeId, now)
}
