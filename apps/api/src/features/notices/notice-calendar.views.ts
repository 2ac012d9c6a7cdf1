import type { Database } from '@packline/database/client.ts'
import ical, { ICalCalendarMethod } from 'ical-generator'
import { z } from 'zod'

const instant = z.date()
const row = z.object({
  packName: z.string(),
  requestId: z.uuid(),
  sequence: z.number(),
  releaseOn: z.string(),
  timeZone: z.string(),
  start: instant,
  end: instant,
  stamp: instant,
  notes: z.string(),
  noticeId: z.uuid(),
  isPublisher: z.boolean(),
})

/**
 * The calendar entry behind the secret address of a notice: the release as it is scheduled now, while it is and while
 * the reader may still work in the account. Times in UTC, so that no calendar's zone data can move them.
 */
export async function findNoticeCalendar(
  db: Database,
  calendarKey: string,
  origin: string,
): Promise<string | undefined> {
  const rows = await db.$queryRaw`
    select k.name as "packName", r."requestId", r.sequence, r."releaseOn"::text, r."timeZone", r."dueAt" as start,
      r."windowEndsAt" as end, r."changedAt" as stamp, r.notes, n.id as "noticeId",
      n."accountId" = e."accountId" as "isPublisher"
    from "Notice" n
    join "Event" e on e.id = n."eventId"
    join "Release" r on r.id = e."releaseId" and r.status = 'SCHEDULED' and r.timing = 'DATED'
    join "IntegrationPack" k on k.id = r."packId" and k."deletedAt" is null
    join "Account" a on a.id = n."accountId" and a.status not in ('suspended', 'deleted')
    where n."calendarKey" = ${calendarKey}::uuid and exists (
      select from "AccountAccess" w where w."userId" = n."userId" and w."accountId" = n."accountId")`
  const [found] = z.array(row).parse(rows)
  if (!found) return undefined

  const calendar = ical({ name: 'Packline releases', method: ICalCalendarMethod.PUBLISH })
  calendar.createEvent({
    id: `${found.requestId}@packline`,
    sequence: found.sequence,
    start: found.start,
    end: found.end,
    stamp: found.stamp,
    summary: found.isPublisher ? `Release of ${found.packName}` : `Update of ${found.packName}`,
    description: [
      `Between 00:00 and 01:00 of ${found.releaseOn} in ${found.timeZone}.`,
      ...(found.notes ? [found.notes] : []),
    ].join('\n\n'),
    url: `${origin}/notices/${found.noticeId}`,
  })
  return calendar.toString()
}
