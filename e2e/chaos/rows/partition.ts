import type { ChangeHint } from '@packline/contract/changes.ts'
import { startBehindProxy } from '../faults/behind-proxy.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { hearChanges } from '../faults/hear-changes.ts'
import { bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { until, untilAllIsOut } from '../product/rest.ts'
import { createScene, schedule, dateIn } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const partition: Row = {
  name: 'partition',
  fault:
    'the network between an instance and the database is cut in the middle of a fan-out; neither side is told',
  holds:
    'another instance takes over what the lost one holds; 503 there; afterwards it hears of changes again',
  place: 'own',
  async run(context) {
    const { stage, size, did, afterwards } = context
    const { proxy, instance: lost } = await startBehindProxy(context)
    const scene = await createScene(context, { packs: 2, consumers: 1, installBase: size.installBase })
    const [large, small] = scene.packs
    if (!large || !small) throw new Error('There is no pack')
    const heard: ChangeHint[] = []
    const hearing = await hearChanges(scene.manager, lost, (hint) => heard.push(hint))
    afterwards(hearing.end)
    await inMidFanOut(context, large.id, async () => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
      proxy.become({ kind: 'half-open' })
      did('cut the network while a transaction of the instance held the pack')
      await stage.fleet.start().ready
    })
    const refused = Promise.all(
      Array.from({ length: size.clients }, () => scene.manager.send('listPacks', { instance: lost })),
    )
    await untilAllIsOut(stage)
    expectAnswers(await refused, [503])
    did('another instance finished the release meanwhile')

    // The connections from before stay lost, as they do behind a network that came back as another one.
    proxy.become({ kind: 'open' })
    heard.length = 0
    await until(async () => heard.some(({ kind }) => kind === 'everything'), 'the lost one listens again', 30)
    const scheduled = await schedule(scene, small, await dateIn(stage, 1))
    await until(async () => heard.some(({ id }) => id === scheduled.id), 'the lost one hears of a change', 30)
    expectAnswers([await scene.manager.ask('listPacks', { instance: lost })], [200])
  },
}
