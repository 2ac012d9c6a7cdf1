import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const racingInstances: Row = {
  name: 'racing-instances',
  fault: 'five, then two instances race for the releases of one midnight',
  holds: 'each release goes out once, and each installation is updated once',
  place: 'shared',
  async run(context) {
    const { stage, size, did } = context
    const { fleet } = stage
    const inRace = async (count: number) => {
      const { length } = fleet.serving()
      await fleet.startMany(Math.max(0, count - length))
      await Promise.all(
        fleet
          .serving()
          .slice(count)
          .map((one) => fleet.stopInOrder(one)),
      )
    }
    const usual = fleet.serving().length
    const [scene] = await Promise.all([
      createScene(context, { packs: 8, consumers: 1, installBase: size.installBase / 2 }),
      inRace(5),
    ])
    await bringMidnight(context, scene)
    await untilAllIsOut(stage)
    did('five instances, a midnight of eight packs, one of them large')

    await inRace(2)
    await bringMidnight(context, scene, { packs: scene.packs.slice(0, 4) })
    await untilAllIsOut(stage)
    did('two instances, a midnight of four packs')
    await inRace(usual)
  },
}
