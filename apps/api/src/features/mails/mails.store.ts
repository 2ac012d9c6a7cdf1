import type { Database } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { NoticeMail } from '@packline/domain/notices/notice-mail.ts'
import { z } from 'zod'
import { loadNotices } from '../../read-models/notices.ts'

const readerRow = z.object({
  id: z.uuid(),
  accountName: z.string(),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
})

export type NoticeToMail = Pick<NoticeMail, 'facts' | 'accountName' | 'locale' | 'timeZone'> & {
  noticeId: string
  calendarKey: string | null
}

/**
 * What mails are made of for these notices, by id. Left out are those whose reader may not work in the account any more
 * or whose account is suspended by now: they are told nothing.
 */
export async function loadNoticesToMail(
  db: Database,
  noticeIds: readonly string[],
): Promise<Map<string, NoticeToMail>> {
  if (noticeIds.length === 0) return new Map()
  const rows = await db.$queryRaw`
    select n.id, a.name as "accountName", u.locale, u."timeZone"
    from "Notice" n
    join "User" u on u.id = n."userId"
    join "Account" a on a.id = n."accountId" and a.status not in ('suspended', 'deleted')
    where n.id = any(${[...noticeIds]}::uuid[]) and exists (
      select from "AccountAccess" w where w."userId" = n."userId" and w."accountId" = n."accountId")`
  const readers = z.array(readerRow).parse(rows)
  const ids = readers.map(({ id }) => id)
  const notices = await loadNotices(
    db,
    Prisma.sql`select n.* from "Notice" n where n.id = any(${ids}::uuid[])`,
  )
  const noticeOf = new Map(notices.map((notice) => [notice.id, notice]))
  return new Map(
    readers.flatMap(({ id, ...reader }) => {
      const notice = noticeOf.get(id)
      if (!notice) return []
      const { facts, calendarKey } = notice
      return [[id, { ...reader, facts, noticeId: id, calendarKey }] as const]
    }),
  )
}
