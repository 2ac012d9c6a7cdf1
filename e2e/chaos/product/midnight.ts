import { setTimeout as wait } from 'node:timers/promises'
import type { RowContext } from '../row.ts'
import { findWaiting, type Holder } from './holder.ts'
import { dateIn, type Scene, schedule, type ScenePack } from './scene.ts'
import { until } from './until.ts'

/**
 * Schedules a release of each of these packs for tomorrow and moves business time on to that midnight, or to so many
 * milliseconds before it.
 */
export async function bringMidnight(
  { stage }: RowContext,
  scene: Scene,
  { packs = scene.packs, millisBefore = 0 }: { packs?: readonly ScenePack[]; millisBefore?: number } = {},
): Promise<string[]> {
  const date = await dateIn(stage, 1)
  const releases = await Promise.all(packs.map((pack) => schedule(scene, pack, date)))
  await stage.clock.set(midnightOf(date, millisBefore))
  return releases.map(({ id }) => id)
}

/** The instant at which a date begins where the managers of scenes are, or so many milliseconds before. */
export const midnightOf = (date: string, millisBefore = 0): string =>
  Temporal.PlainDate.from(date)
    .toZonedDateTime('Europe/Berlin')
    .toInstant()
    .subtract({ milliseconds: millisBefore })
    .toString()

/**
 * Holds one installation in the middle of a pack's, so that the fan-out stops there for as long as `work` takes: what is
 * done meanwhile is done in the middle, by force and not by luck. In a pack of the usual size it comes after what one step
 * of the job can do: the first one would wait for it in vain. `work` can ask whose transaction stands there.
 */
export async function inMidFanOut(
  { stage }: RowContext,
  packId: string | undefined,
  work: (findHolder: () => Promise<Holder>) => Promise<unknown>,
) {
  const client = await stage.sql.connect()
  // When the server goes away, the work goes on.
  client.on('error', () => undefined)
  try {
    await client.query('begin')
    const { rows } = await client.query<{ pid: number }>(
      `select pg_backend_pid() as pid from "Attachment" where id = (
         select a.id from "Attachment" a where a."packId" = $1 and a."detachedAt" is null
         order by a."installationId" offset (select count(*) * 5 / 6 from "Attachment" where "packId" = $1) limit 1) for update`,
      [packId],
    )
    await work(() => findWaiting(stage, rows[0]?.pid))
  } finally {
    // Also when the server has gone away meanwhile, and the lock with it.
    await client.query('rollback').catch(() => undefined)
    client.release(true)
  }
}

/** Waits until the fan-out of a release has committed some of its chunks and not all. */
export const untilUnderWay = ({ stage }: RowContext, releaseId: string | undefined) =>
  until(
    () =>
      stage.sql
        .query(
          `select from "Release" where id = $1 and status = 'IN_PROGRESS' and "fanOutCursor" is not null`,
          [releaseId],
        )
        .then(
          ({ rowCount }) => rowCount === 1,
          () => false,
        ),
    'the fan-out is under way',
  )

export const aMoment = (random: RowContext['random'], from: number, to: number) =>
  wait(random.between(from, to))
