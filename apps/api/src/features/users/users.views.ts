import type { TimeZoneView, UserView } from '@packline/contract/session.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { zoneAliases } from '@packline/domain/time/zone-aliases.ts'
import { timeZonesToOffer } from '@packline/domain/time/zones.ts'
import { z } from 'zod'

const userRow = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
})

export async function getUserView(db: Database | Tx, userId: string): Promise<UserView> {
  const rows = await db.$queryRaw`
    select id, email, "firstName", "lastName", "timeZone" from "User" where id = ${userId}::uuid`
  return userRow.parse(z.array(z.unknown()).parse(rows)[0])
}

const zones = timeZonesToOffer()
const aliasesOf = Map.groupBy(Object.entries(zoneAliases), ([, name]) => name)

/** The zones to choose from, with the offset each has at this instant and the other names it is known under. */
export function listTimeZones(now: Temporal.Instant): TimeZoneView[] {
  return zones.map((name) => {
    const { offset, offsetNanoseconds } = now.toZonedDateTimeISO(name)
    return {
      name,
      offset,
      offsetMinutes: offsetNanoseconds / 60_000_000_000,
      aliases: (aliasesOf.get(name) ?? []).map(([alias]) => alias),
    }
  })
}
