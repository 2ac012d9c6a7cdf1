import { randomUUID } from 'node:crypto'
import type { ReleaseView } from '@packline/contract/releases.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { shiftServer } from '../faults/shifted-server.ts'
import { createPerson } from '../product/accounts.ts'
import { createCaller } from '../product/caller.ts'
import { midnightOf } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, releaseBody, schedule } from '../product/scene.ts'
import type { Row } from '../row.ts'

const day = 24 * 60

export const serverClock: Row = {
  name: 'server-clock',
  fault: 'the clock of the database’s host jumps over a midnight, three hours back, 400 days ahead, and back',
  holds:
    'what is due goes out once and is not undone, nothing lasts less than no time, sessions and keys go on',
  place: 'own-server',
  async run(context) {
    const { stage, random, row, did } = context
    const { way, isWhole, jumpTo } = await shiftServer(context)
    await stage.fleet.startMany(1)
    const scene = await createScene(context)
    const [due, sameNight, far] = scene.packs
    if (!due || !sameNight || !far) throw new Error('There is no pack')
    const { manager } = scene
    const date = await dateIn(stage, 1)
    // An hour before that midnight by the right time.
    await stage.clock.set(midnightOf(date, 3_600_000))
    const asked = { params: { packId: due.id }, body: releaseBody(due, [1, 1], date), key: randomUUID() }
    const { text: answered } = await manager.ask('createRelease', asked)
    const { id: farId } = await schedule(scene, far, await dateIn(stage, 300))
    const { id: dueId } = JSON.parse(answered) as ReleaseView

    await jumpTo(90)
    await untilAllIsOut(stage)
    const updates = await countUpdates()
    if (updates === 0) throw new Error('What is due did not go out')
    did(`${way} moved the clock over a midnight`)

    await jumpTo(-90)
    expectAnswers([await manager.ask('createRelease', asked)], [201])
    if ((await manager.ask('createRelease', asked)).text !== answered)
      throw new Error('The same request was answered otherwise')
    const { id: sameNightId } = await schedule(scene, sameNight, date)
    const atOnce = { params: { packId: due.id }, body: releaseBody(due, [2, 2]) }
    expectAnswers([await manager.ask('createRelease', atOnce)], [201])
    did('moved it three hours back, and released at once before what had gone out by then')
    await jumpTo(90)
    await untilAllIsOut(stage)
    if ((await countUpdates()) !== updates) throw new Error('What had gone out went out again')
    did('came to the same midnight once more')

    await jumpTo(400 * day)
    await untilAllIsOut(stage)
    // Nobody was here for 400 days; whoever signs in now is.
    expectAnswers([await manager.ask('listPacks')], [isWhole ? 401 : 200])
    const person = await createPerson(stage.sql, manager.accountId)
    const later = createCaller({ ...stage, random: random.fork(), row }, person)
    expectAnswers([await later.ask('listPacks')], [200])
    did('moved it 400 days ahead')

    await jumpTo(0)
    expectAnswers([await manager.ask('listPacks'), await later.ask('listPacks')], [200])
    for (const releaseId of [dueId, sameNightId, farId]) {
      const release = await manager.get<ReleaseView>('getRelease', { params: { releaseId } })
      if (release.status !== 'SUCCESS') throw new Error(`A release is ${release.status}`)
      if ((release.lateBySeconds ?? 0) < 0) throw new Error('A release is late by less than nothing')
    }
    const { rowCount } = await stage.sql.query('select from "Release" where "finishedAt" < "startedAt"')
    if (rowCount !== 0) throw new Error('A release has ended before it began')
    did('moved it back to the right time')

    async function countUpdates() {
      const { rows } = await stage.sql.query<{ count: number }>(
        'select count(*)::int as count from "ReleaseTarget" where "releaseId" = $1',
        [dueId],
      )
      return rows[0]?.count
    }
  },
}
