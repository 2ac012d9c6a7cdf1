import type { Database } from '@packline/database/client.ts'
import { writeWindow } from '@packline/domain/time/write-window.ts'
import { z } from 'zod'
import { writeCalendarEntry } from '../../read-models/calendar-entry.ts'

const instant = z.date().transform((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()))
const row = z.object({
  packName: z.string(),
  requestId: z.uuid(),
  timeZone: z.string(),
  start: instant,
  end: instant,
  changedAt: instant,
  isOff: z.boolean(),
  notes: z.string(),
  noticeId: z.uuid(),
  isPublisher: z.boolean(),
})

/**
 * The calendar entry behind the secret address of a notice: the release as it is scheduled now, or that it was cancelled,
 * while the reader may still work in the account.
 */
export async function findNoticeCalendar(
  db: Database,
  calendarKey: string,
  origin: string,
): Promise<string | undefined> {
  const rows = await db.$queryRaw`
    select k.name as "packName", r."requestId", r."timeZone", r."dueAt" as start, r."windowEndsAt" as end, r."changedAt",
      r.status = 'CANCELLED' as "isOff", r.notes, n.id as "noticeId", n."accountId" = e."accountId" as "isPublisher"
    from "Notice" n
    join "Event" e on e.id = n."eventId"
    join "Release" r on r.id = e."releaseId" and r.status in ('SCHEDULED', 'CANCELLED') and r.timing = 'DATED'
    join "IntegrationPack" k on k.id = r."packId" and k."deletedAt" is null
    join "Account" a on a.id = n."accountId" and a.status not in ('suspended', 'deleted')
    where n."calendarKey" = ${calendarKey}::uuid and exists (
      select from "AccountAccess" w where w."userId" = n."userId" and w."accountId" = n."accountId")`
  const [found] = z.array(row).parse(rows)
  if (!found) return undefined

  const { packName, timeZone, isPublisher, isOff, notes, noticeId, ...entry } = found
  return writeCalendarEntry({
    ...entry,
    isOff,
    summary: isPublisher ? `Release of ${packName}` : `Update of ${packName}`,
    description: [`${isOff ? 'It was to be released' : 'Released'} ${writeWindow(entry, timeZone)}.`, notes],
    url: `${origin}/notices/${noticeId}`,
  })
}
