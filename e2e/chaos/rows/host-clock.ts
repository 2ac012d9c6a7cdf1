import { startWithWrongClock } from '../faults/wrong-clock.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import { until } from '../product/until.ts'
import type { Row } from '../row.ts'

const day = 24

export const hostClock: Row = {
  name: 'host-clock',
  fault: 'the clocks of the machines of all instances are wrong, and jump forward and back while they run',
  holds: 'nothing goes out before its date or twice, and nobody is signed out',
  place: 'own',
  async run(context) {
    const { stage, did } = context
    const machines = await Promise.all([2, -26].map((hours) => startWithWrongClock(context, hours)))
    const scene = await createScene(context)
    await midnightWithoutHaste()
    did('a midnight with one instance 2 hours ahead and the other 26 hours behind')

    for (const [index, hours] of [-3 * day, 400 * day].entries()) {
      const machine = machines[index]
      await machine?.jumpTo(hours)
      expectAnswers([await scene.manager.ask('listPacks', machine && { instance: machine.instance })], [200])
    }
    await midnightWithoutHaste()
    did('a midnight after the first went back 3 days and the other 400 days ahead')

    async function midnightWithoutHaste() {
      const ids = await bringMidnight(context, scene, { millisBefore: 1_500 })
      await until(async () => {
        const { rows } = await stage.sql.query<{ early: number; isMidnight: boolean }>(
          `select count(*) filter (where status <> 'SCHEDULED')::int as early, app_now() >= min("dueAt") as "isMidnight"
           from "Release" where id = any($1)`,
          [ids],
        )
        if (rows[0]?.isMidnight) return true
        if (rows[0]?.early !== 0) throw new Error('A release went out before its midnight')
        return false
      }, 'it is midnight')
      await untilAllIsOut(stage)
    }
  },
}
