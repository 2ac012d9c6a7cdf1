import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const reading = z.tuple([z.object({ now: z.date() })])

/**
 * Business time: the database's clock, which demo and test mode may move. Every instance gets the same answer,
 * and the clock of the machine that asks does not matter.
 */
export async function businessNow(db: Database | Tx): Promise<Temporal.Instant> {
  const [{ now }] = reading.parse(await db.$queryRaw`select app_now() as now`)
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
}
