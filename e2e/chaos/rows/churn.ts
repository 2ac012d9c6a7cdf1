import { actRandomly } from '../actions/act-randomly.ts'
import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const churn: Row = {
  name: 'churn',
  fault: 'accounts install, uninstall, attach, detach and apply early while their packs go out',
  holds:
    'whatever is attached in the end runs the current release, under a number that counts every release once',
  place: 'shared',
  async run(context) {
    const { stage, size, did } = context
    const scene = await createScene(context, { packs: 4, consumers: 3, installBase: size.installBase })
    const publishing = actRandomly(context, scene, {
      kinds: ['publisher'],
      packs: scene.packs.slice(2),
      workers: 1,
    })
    const consuming = actRandomly(context, scene, { kinds: ['consumer'], workers: 4, pauseMillis: 0 })
    for (let night = 0; night < size.faults; night += 1) {
      await bringMidnight(context, scene, { packs: scene.packs.slice(0, 2) })
      await untilAllIsOut(stage)
    }
    await Promise.all([publishing.stop(), consuming.stop()])
    did(`${size.faults} midnights among comings and goings`)
  },
}
