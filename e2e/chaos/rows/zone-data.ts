import type { ReleaseView } from '@packline/contract/releases.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, schedule } from '../product/scene.ts'
import type { Stage } from '../product/stage.ts'
import { until } from '../product/until.ts'
import type { Row } from '../row.ts'

const timeZone = 'Africa/Casablanca'

export const zoneData: Row = {
  name: 'zone-data',
  fault:
    'a law moves midnight between scheduling and release: an hour later for one pack, an hour earlier for the other',
  holds: 'each goes out at the instant that its date begins by the newer law, and is late only by that',
  place: 'own',
  async run(context) {
    const { stage, did } = context
    await stage.fleet.startMany(1)
    const scene = await createScene(context, { packs: 2, consumers: 1, timeZone })
    const [later, earlier] = scene.packs
    if (!later || !earlier) throw new Error('There is no pack')
    const date = await dateIn(stage, 1, timeZone)
    const midnight = Temporal.PlainDate.from(date).toZonedDateTime(timeZone).toInstant()
    const { id: laterId } = await schedule(scene, later, date)
    const { id: earlierId } = await schedule(scene, earlier, date)
    await stage.fleet.stopAll()

    await scheduledByOlderLaw(stage, laterId, midnight.subtract({ hours: 1 }))
    await stage.clock.set(midnight.subtract({ minutes: 30 }).toString())
    await stage.fleet.startMany(1)
    await untilDerived(stage)
    await expectStatus(laterId, 'SCHEDULED')
    did('started on the newer law half an hour after the older midnight')
    await stage.fleet.stopAll()

    await scheduledByOlderLaw(stage, earlierId, midnight.add({ hours: 1 }))
    await stage.clock.set(midnight.add({ minutes: 20 }).toString())
    await stage.fleet.startMany(1)
    await untilDerived(stage)
    await untilAllIsOut(stage)
    did('started on the newer law twenty minutes after the newer midnight')
    for (const id of [laterId, earlierId]) await expectStatus(id, 'SUCCESS')

    async function expectStatus(releaseId: string, expected: string) {
      const release = await scene.manager.get<ReleaseView>('getRelease', { params: { releaseId } })
      if (release.status !== expected) throw new Error(`A release is ${release.status}, not ${expected}`)
      if (release.lateBySeconds !== null) throw new Error('A release is late inside its window')
    }
  },
}

/** As a build with older zone data has left it. */
const scheduledByOlderLaw = ({ sql }: Stage, releaseId: string, dueAt: Temporal.Instant) =>
  sql.query(
    `update "Release" set "zoneDataVersion" = '2020a', "dueAt" = $2, "nextTryAt" = $2,
       "windowEndsAt" = $2::timestamptz + interval '1 hour'
     where id = $1`,
    [releaseId, dueAt.toString()],
  )

const untilDerived = ({ sql }: Stage) =>
  until(async () => {
    const { rowCount } = await sql.query(`select from "Release" where "zoneDataVersion" = '2020a'`)
    return rowCount === 0
  }, 'the instants are derived again')
