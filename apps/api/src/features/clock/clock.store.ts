import type { Tx } from '@packline/database/client.ts'

/** From now on the business clock shows this instant and runs on from there. */
export async function saveClock(tx: Tx, instant: Temporal.Instant) {
  await tx.$executeRaw`select set_app_clock(${instant.toString()}::timestamptz)`
}

/** Back to real time. */
export async function deleteClock(tx: Tx) {
  await tx.$executeRaw`delete from "DemoClock"`
}
