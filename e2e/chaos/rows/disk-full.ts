import type { Problem } from '@packline/contract/problem.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { limitFiles } from '../faults/limited-files.ts'
import { moveToSmallDisk } from '../faults/small-disk.ts'
import type { Answered } from '../product/caller.ts'
import { midnightOf } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, schedule } from '../product/scene.ts'
import { until } from '../product/until.ts'
import type { Row } from '../row.ts'

export const diskFull: Row = {
  name: 'disk-full',
  fault: 'the disk with the tables is full when releases are due, and has room again later',
  holds:
    'people read on, writes are 503, no release goes out by half or is blamed, and all of them go out with room',
  place: 'own',
  async run(context) {
    const { stage, size, did } = context
    const disk = (await moveToSmallDisk(context)) ?? limitFiles(context)
    const instance = stage.fleet.start()
    await instance.ready
    const scene = await createScene(context, { packs: 3, consumers: 1, installBase: size.installBase })
    const [large, other, spare] = scene.packs
    if (!large || !other || !spare) throw new Error('There is no pack')

    const date = await dateIn(stage, 1)
    const { id: largeId } = await schedule(scene, large, date)
    await schedule(scene, other, date)
    const days = [await dateIn(stage, 5), await dateIn(stage, 6)] as const
    const { id: spareId } = await schedule(scene, spare, days[1])
    await disk.fill()
    await stage.clock.set(midnightOf(date))
    did('filled the disk before midnight')
    let writes = 0
    await until(async () => {
      const body = { releaseOn: days[writes % 2] }
      const reply = await scene.manager.send('reschedule', { params: { releaseId: spareId }, body })
      expectAnswers([reply], [200, 503])
      const isRefused = reply.kind === 'answered' && problemOf(reply) === 'database-full'
      if (!isRefused) writes += 1
      return isRefused
    }, 'a write finds no room')
    const hasTried = async () => instance.output.includes('could not finish its round')
    await until(hasTried, 'the release job finds no room')
    expectAnswers([await scene.manager.send('listPacks')], [200])
    await expectNothingHalf(largeId)
    did(`refused to write after ${writes} that found room, and went on to read`)

    await disk.makeRoom()
    await untilAllIsOut(stage)
    const { rowCount } = await stage.sql.query('select from "Release" where attempts > 0')
    if (rowCount !== 0) throw new Error('The full disk was held against a release')

    async function expectNothingHalf(releaseId: string) {
      const { rows } = await stage.sql.query<{ status: string; isWhole: boolean }>(
        `select status, "fanOutCount" = (select count(*) from "ReleaseTarget" where "releaseId" = r.id) as "isWhole"
         from "Release" r where id = $1`,
        [releaseId],
      )
      if (rows[0]?.status === 'SUCCESS') throw new Error('There was room for a release to very many')
      if (!rows[0]?.isWhole) throw new Error('A release was saved by half')
    }
  },
}

const problemOf = ({ text }: Answered) => (JSON.parse(text) as Partial<Problem>).code
