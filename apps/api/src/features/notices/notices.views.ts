import type { NoticePage, NoticePreferences, NoticeQuery, NoticeView } from '@packline/contract/notices.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { eventTypes } from '@packline/domain/notices/event-type.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { type LoadedNotice, loadNotices } from '../../read-models/notices.ts'

type Own = { scope: AccountScope; userId: string }

/** Somebody's notices in an account, newest first, from after the one named. */
export async function listNotices(
  db: Database,
  { scope, userId }: Own,
  { unread, after, limit }: NoticeQuery,
): Promise<NoticePage> {
  const found = await loadNotices(
    db,
    Prisma.sql`
      select n.* from "Notice" n
      where n."userId" = ${userId}::uuid and n."accountId" = ${scope}
        and (${unread ?? false} = false or n."readAt" is null)
        and (${after ?? null}::uuid is null or (n.at, n.id) < (
          select last.at, last.id from "Notice" last
          where last.id = ${after ?? null}::uuid and last."userId" = ${userId}::uuid and last."accountId" = ${scope}))
      order by n.at desc, n.id desc
      limit ${limit + 1}`,
  )
  const shown = found.slice(0, limit)
  return {
    notices: shown.map(toView),
    unreadCount: await countUnread(db, { scope, userId }),
    next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** How many notices somebody has not read in an account. */
export async function countUnread(db: Database | Tx, { scope, userId }: Own): Promise<number> {
  const rows = await db.$queryRaw`
    select count(*)::int as count from "Notice"
    where "userId" = ${userId}::uuid and "accountId" = ${scope} and "readAt" is null`
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count
}

export async function findNotice(
  db: Database | Tx,
  { scope, userId }: Own,
  noticeId: string,
): Promise<NoticeView | undefined> {
  const [found] = await loadNotices(
    db,
    Prisma.sql`
      select n.* from "Notice" n
      where n.id = ${noticeId}::uuid and n."userId" = ${userId}::uuid and n."accountId" = ${scope}`,
  )
  return found && toView(found)
}

/** In which account somebody has this notice, if it is one they may work in. */
export async function findNoticeAccount(db: Database, userId: string, noticeId: string) {
  const rows = await db.$queryRaw`
    select a.id as "accountId", a.name as "accountName" from "Notice" n join "Account" a on a.id = n."accountId"
    where n.id = ${noticeId}::uuid and n."userId" = ${userId}::uuid and a.status not in ('suspended', 'deleted')
      and exists (select from "AccountAccess" w where w."userId" = n."userId" and w."accountId" = n."accountId")`
  return z.array(z.object({ accountId: z.string(), accountName: z.string() })).parse(rows)[0]
}

export async function getPreferences(
  db: Database | Tx,
  userId: string,
  sendsMail: boolean,
): Promise<NoticePreferences> {
  const rows = await db.$queryRaw`
    select u.email as address, array(select o.kind from "NoticeMailOff" o where o."userId" = u.id) as off
    from "User" u where u.id = ${userId}::uuid`
  const [{ address, off }] = z
    .tuple([z.object({ address: z.string(), off: z.array(z.string()) })])
    .parse(rows)
  return {
    mail: { isSent: sendsMail, address },
    kinds: eventTypes.map((kind) => ({ kind, byMail: !off.includes(kind) })),
  }
}

const toView = ({ calendarKey, ...notice }: LoadedNotice): NoticeView => ({
  ...notice,
  facts: { ...notice.facts, environmentNames: [...notice.facts.environmentNames] },
  calendarPath: calendarKey === null ? null : `/api/v1/notice-calendars/${calendarKey}/release.ics`,
})
