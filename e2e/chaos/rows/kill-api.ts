import { aMoment, bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { countUnfinished, untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const killApi: Row = {
  name: 'kill-api',
  fault: 'kill -9 of instances in the middle of a fan-out, again and again',
  holds: 'the interrupted transaction leaves no trace, another instance goes on, everything once',
  place: 'shared',
  async run(context) {
    const { stage, random, size, did } = context
    const scene = await createScene(context, { installBase: size.installBase })
    const [large] = scene.packs
    if (!large) throw new Error('There is no pack')

    const replacements: Promise<unknown>[] = []
    const killOne = async () => {
      const victim = stage.fleet.pick(random)
      if (victim) replacements.push((await stage.fleet.replaceKilled(victim)).ready)
    }
    await inMidFanOut(context, large.id, async () => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
      await killOne()
      did('killed one instance while the fan-out stood still')
    })
    let kills = 1
    for (; kills < size.faults * 2 && (await countUnfinished(stage)) !== 0; kills += 1) {
      await aMoment(random, 100, 250)
      await killOne()
    }
    did(`killed ${kills} instances`)
    await Promise.all(replacements)
    await untilAllIsOut(stage)
  },
}
