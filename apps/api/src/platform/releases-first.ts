import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import { restUntilStopped } from './stop-signal.ts'

/** Pauses between two looks, in milliseconds: each is twice the one before, because at a midnight the looks cost, too. */
const pauses = { first: 125, longest: 2_000 }

/**
 * Waits while releases are due, so that work which has time leaves the machine to them, and no longer than so many
 * milliseconds: at a midnight they may take some minutes.
 */
export async function letReleasesGoFirst(
  db: Database,
  { atMostMillis, stop }: { atMostMillis: number; stop: AbortSignal },
): Promise<void> {
  const end = performance.now() + atMostMillis
  // Where it cannot be asked, whoever waits finds out what is wrong and says so.
  const isAsked = () => isAnyDue(db).catch(() => false)
  let pause = pauses.first
  while (!stop.aborted && performance.now() < end && (await isAsked())) {
    await restUntilStopped(pause, stop)
    pause = Math.min(2 * pause, pauses.longest)
  }
}

const firstWaiting = z.array(z.object({ isDue: z.boolean() })).max(1)

/**
 * Looks at the first one that waits, in the order of the index `Release_queue`. Asked whether any exists, a plan reads the
 * table until it finds one: at a midnight these are most of it, so it seems to be near, and comes after all of the past.
 */
async function isAnyDue(db: Database) {
  const rows = await db.$queryRaw`
    select "nextTryAt" <= app_now() as "isDue" from "Release"
    where status in ('SCHEDULED', 'IN_PROGRESS') order by "nextTryAt", id limit 1`
  return firstWaiting.parse(rows)[0]?.isDue ?? false
}
