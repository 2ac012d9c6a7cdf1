import { actRandomly } from '../actions/act-randomly.ts'
import { archivingSettings, restoreUntil, takeBaseBackup, untilArchived } from '../faults/base-backup.ts'
import { bringMidnight, midnightOf } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, schedule } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const restoreBackup: Row = {
  name: 'restore-backup',
  fault: 'the database is lost and restored to an instant between its backup and the last releases',
  holds:
    'what had gone out by that instant is out; what went out later is due again and goes out once more, once',
  place: 'own-server',
  settings: archivingSettings,
  async run(context) {
    const { stage, did } = context
    await stage.fleet.startMany(1)
    const scene = await createScene(context)
    const [before, after, busy] = scene.packs
    if (!before || !after || !busy) throw new Error('There is no pack')

    const people = actRandomly(context, scene, { packs: [busy] })
    const backup = await takeBaseBackup(context)
    await people.stop()
    did('backed the database up while people worked')
    const [keptId] = await bringMidnight(context, scene, { packs: [before] })
    await untilAllIsOut(stage)
    const date = await dateIn(stage, 1)
    const { id: lostId } = await schedule(scene, after, date)
    const instant = await readServerClock()

    await stage.clock.set(midnightOf(date))
    await untilAllIsOut(stage)
    const told = await readEvents(lostId)
    await untilArchived(context)
    await stage.fleet.stopAll()
    await restoreUntil(context, backup, instant)
    await expectStatus(keptId ?? '', 'SUCCESS')
    await expectStatus(lostId, 'SCHEDULED')
    did('restored an instant after which a release had gone out')

    await stage.clock.set(midnightOf(date))
    await stage.fleet.startMany(1)
    await untilAllIsOut(stage)
    await expectStatus(lostId, 'SUCCESS')
    // Whoever keeps the keys of events they have heard of recognises these.
    if ((await readEvents(lostId)).join() !== told.join())
      throw new Error('The release is told of under other keys')
    did('the release went out once more')

    async function readServerClock() {
      const { rows } = await stage.sql.query<{ now: string }>('select clock_timestamp()::text as now')
      return rows[0]?.now ?? ''
    }
    async function readEvents(releaseId: string) {
      const { rows } = await stage.sql.query<{ key: string }>(
        `select key from "Event" where "releaseId" = $1 order by key`,
        [releaseId],
      )
      return rows.map(({ key }) => key)
    }
    async function expectStatus(releaseId: string, expected: string) {
      const { rows } = await stage.sql.query<{ status: string }>(
        'select status from "Release" where id = $1',
        [releaseId],
      )
      if (rows[0]?.status !== expected) throw new Error(`A release is ${rows[0]?.status}, not ${expected}`)
    }
  },
}
