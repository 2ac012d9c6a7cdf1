import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

/** Left by reading itself, or not part of what is known. */
const leftByReading = ['PlatformQueryToken', 'ApiToken', '_prisma_migrations', 'DemoClock', 'ChangeNote']

const counted = z.tuple([z.object({ last: z.bigint().nullable() })])

/**
 * Makes every statement that changes a row leave a note in its transaction, and says how to ask for the last one: it
 * stays the same for as long as nothing is committed. What is rolled back takes its notes with it.
 */
export async function noteChanges(db: Database): Promise<() => Promise<bigint | null>> {
  await db.$executeRaw`create table "ChangeNote" (id bigint generated always as identity primary key)`
  await db.$executeRaw`
    create function note_change() returns trigger language plpgsql security definer set search_path = public as $$
    begin
      insert into "ChangeNote" default values;
      return null;
    end $$`
  const tables = await db.$queryRaw<{ name: string }[]>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> all(${leftByReading}::text[])`
  for (const { name } of tables) {
    for (const event of ['insert', 'update', 'delete']) {
      // Statements without a row to change are as good as none.
      await db.$executeRawUnsafe(
        `create trigger "note ${event}" after ${event} on "${name}" for each row execute function note_change()`,
      )
    }
  }
  return async () => counted.parse(await db.$queryRaw`select max(id) as last from "ChangeNote"`)[0].last
}
