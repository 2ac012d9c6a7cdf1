import type { ClockView } from '@packline/contract/session.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const clockRow = z.object({
  now: z.date().transform((date) => date.toISOString()),
  offsetMillis: z.bigint().transform(Number).nullable(),
})

/** The business clock, and how far it stands from the real one. */
export async function getClockView(db: Database | Tx): Promise<ClockView> {
  const rows = await db.$queryRaw`
    select app_now() as now, (select "offsetMillis" from "DemoClock" where id = 1) as "offsetMillis"`
  const { now, offsetMillis } = clockRow.parse(z.array(z.unknown()).parse(rows)[0])
  return { now, offsetMillis: offsetMillis ?? 0, isSet: offsetMillis !== null }
}
