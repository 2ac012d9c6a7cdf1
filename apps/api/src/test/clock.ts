import type { Database } from '@packline/database/client.ts'

/** Sets business time, from where it runs on. */
export async function setClock(db: Database, now: string) {
  await db.$executeRaw`
    insert into "DemoClock" (id, "offsetMillis")
    values (1, extract(epoch from ${now}::timestamptz - clock_timestamp()) * 1000)
    on conflict (id) do update set "offsetMillis" = excluded."offsetMillis"`
}
