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
    const replacements: Promise<unknown>[] = []
    const killOne = async () => {
      const victim = stage.fleet.pick(random)
      if (victim) replacements.push((await stage.fleet.replaceKilled(victim)).ready)
    }
    await inMidFanOut(context, scene.packs[0]?.id, async () => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
      // Two of three, so that the one in whose hands it is seldom survives; with the next kill it never does.
      await killOne()
      await killOne()
    })
    let kills = 2
    for (; kills < size.faults && (await countUnfinished(stage)) !== 0; kills += 1) {
      await aMoment(random, 100, 250)
      await killOne()
    }
    did(`killed ${kills} instances, two of them while the fan-out stood still`)
    await untilAllIsOut(stage)
    await Promise.all(replacements)
  },
}
