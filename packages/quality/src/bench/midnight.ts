import { setTimeout as wait } from 'node:timers/promises'

import type pg from 'pg'

import { numberOf } from './bench-database.ts'
import { secondsSince } from './frame.ts'
import { midnight } from './scenes.ts'

/** Moves business time to so long before the scene's midnight, and tells the instances. */
export async function setClockBeforeMidnight(client: pg.Client, seconds: number) {
  await client.query(`
    select set_app_clock('${midnight}'::timestamptz - interval '${seconds} seconds');
    notify packline_releases`)
}

/** Seconds from the midnight until everything that was due then is everywhere. */
export async function measureMidnight(client: pg.Client): Promise<number> {
  const lead = 1
  await setClockBeforeMidnight(client, lead)
  const due = performance.now() + lead * 1_000
  while ((await openReleases(client)) > 0) await wait(200)
  return secondsSince(due)
}

/** In the order of the index `Release_queue`: without it, each look reads all that is out already. */
const openReleases = (client: pg.Client) =>
  numberOf(
    client,
    `select count(*) from (
    select from "Release" where status in ('SCHEDULED', 'IN_PROGRESS') order by "nextTryAt", id limit 1) open`,
  )
