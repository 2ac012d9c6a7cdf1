import { actRandomly } from '../actions/act-randomly.ts'
import { makeNextBuild } from '../faults/next-build.ts'
import type { Instance } from '../product/instances.ts'
import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const rollingUpgrade: Row = {
  name: 'rolling-upgrade',
  fault: 'an instance of the next build migrates beside one that works, replaces it, and is taken back',
  holds: 'each build does its work on the newer database, and stopping the older one loses nothing',
  place: 'own',
  async run(context) {
    const { stage, size, did } = context
    const { fleet } = stage
    const older = fleet.start()
    const [mainFile] = await Promise.all([makeNextBuild(context), older.ready])
    const next = fleet.start({ mainFile })
    const scene = await createScene(context, {
      packs: 2,
      consumers: 1,
      installBase: size.installBase / 4,
    })
    const [large, ...small] = scene.packs
    if (!large) throw new Error('There is no pack')

    const people = actRandomly(context, scene, { packs: small, pauseMillis: 100 })
    await next.ready
    did('the next build migrated while people worked')
    await expectReady(older)
    await bringMidnight(context, scene, { packs: [large] })
    await untilAllIsOut(stage)
    did('both builds worked and released together')

    const { code } = await fleet.stopInOrder(older)
    if (code !== 0) throw new Error(`The instance of the older build ended with ${code}:\n${older.output}`)
    await people.stop()
    await bringMidnight(context, scene, { packs: [large] })
    await untilAllIsOut(stage)
    did('stopped the older build; the next one worked and released alone')

    await fleet.start().ready
    await fleet.stopInOrder(next)
    await bringMidnight(context, scene, { packs: [large] })
    await untilAllIsOut(stage)
    did('put the older build back')
  },
}

async function expectReady({ address }: Instance) {
  const response = await fetch(`${address}/readyz`)
  if (response.status !== 200) throw new Error(`The older build is not ready: ${await response.text()}`)
}
