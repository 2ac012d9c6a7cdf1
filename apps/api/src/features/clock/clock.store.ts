import type { Tx } from '@packline/database/client.ts'

/** From now on the business clock shows this instant and runs on from there. */
export async function saveClock(tx: Tx, instant: Temporal.Instant) {
  await tx.$executeRaw`
    insert into "DemoClock" (id, "offsetMillis")
    select 1, round(extract(epoch from
      ${instant.toString()}::timestamptz - date_trunc('milliseconds', statement_timestamp())) * 1000)
    on conflict (id) do update set "offsetMillis" = excluded."offsetMillis"`
}

/** Back to real time. */
export async function deleteClock(tx: Tx) {
  await tx.$executeRaw`delete from "DemoClock"`
}
