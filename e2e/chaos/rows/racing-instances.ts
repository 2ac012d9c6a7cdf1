import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const racingInstances: Row = {
  name: 'racing-instances',
  fault: 'two, then five instances race for the releases of one midnight',
  holds: 'each release goes out once, and each installation is updated once',
  place: 'own',
  async run(context) {
    const { stage, size, did } = context
    await stage.fleet.startMany(2)
    const scene = await createScene(context, { packs: 8, consumers: 1, installBase: size.installBase / 2 })
    await bringMidnight(context, scene, { packs: scene.packs.slice(0, 4) })
    await untilAllIsOut(stage)
    did('two instances, a midnight of four packs, one of them large')

    await stage.fleet.startMany(3)
    await bringMidnight(context, scene)
    await untilAllIsOut(stage)
    did('five instances, a midnight of eight packs')
  },
}
