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

/** The time of the machine that the database is on, which nobody moves: what sessions, links and codes go by. */
export async function machineNow(tx: Tx): Promise<Temporal.Instant> {
  const [{ now }] = reading.parse(await tx.$queryRaw`select clock_timestamp() as now`)
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
}
