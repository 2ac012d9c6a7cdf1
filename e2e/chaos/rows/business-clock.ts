import type { ReleaseView } from '@packline/contract/releases.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { bringMidnight } from '../product/midnight.ts'
import { createScene, dateIn, schedule } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const businessClock: Row = {
  name: 'business-clock',
  fault: 'the clock of the business jumps 400 days ahead and back again',
  holds:
    'what is due by then goes out once and is not undone; what is scheduled afterwards goes out on its date',
  place: 'own',
  async run(context) {
    const { stage, did } = context
    await stage.fleet.startMany(1)
    const scene = await createScene(context)
    const before = await stage.clock.read()
    const scheduled: ReleaseView[] = []
    for (const [index, days] of [1, 30, 300].entries()) {
      const pack = scene.packs[index]
      if (pack) scheduled.push(await schedule(scene, pack, await dateIn(stage, days)))
    }
    await stage.clock.set(before.add({ hours: 400 * 24 }).toString())
    await untilAllIsOut(stage)
    did('jumped ahead by 400 days')
    const records = await countRecords()

    await stage.clock.set(before.subtract({ hours: 3 }).toString())
    const again = await bringMidnight(context, scene)
    await untilAllIsOut(stage)
    did('jumped back to three hours before the beginning, and came to a midnight')

    if ((await countRecords(scheduled.map(({ id }) => id))) !== records)
      throw new Error('What had gone out went out again')
    for (const releaseId of [...scheduled.map(({ id }) => id), ...again]) {
      const release = await scene.manager.get<ReleaseView>('getRelease', { params: { releaseId } })
      if (release.status !== 'SUCCESS') throw new Error(`A release is ${release.status}`)
      if ((release.lateBySeconds ?? 0) < 0) throw new Error('A release is late by less than nothing')
    }

    async function countRecords(ids = scheduled.map(({ id }) => id)) {
      const { rows } = await stage.sql.query<{ count: number }>(
        'select count(*)::int as count from "ReleaseTarget" where "releaseId" = any($1)',
        [ids],
      )
      return rows[0]?.count ?? 0
    }
  },
}
