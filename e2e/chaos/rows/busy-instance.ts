import { startLaden } from '../faults/busy-instance.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { readHistory, requestsIn } from '../history.ts'
import { bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

const megabytes = 256

export const busyInstance: Row = {
  name: 'busy-instance',
  fault: `an instance with ${megabytes} MB computes without end in the middle of a fan-out, and is asked for much besides`,
  holds:
    'another instance takes over what the busy one holds; the busy one refuses what piled up, then goes on, and has not died',
  place: 'own',
  async run(context) {
    const { row, stage, size, did, afterwards } = context
    const { instance: laden, block, unblock } = await startLaden(context, megabytes)
    afterwards(unblock)
    const scene = await createScene(context, { packs: 2, consumers: 1, installBase: size.installBase / 4 })
    const [large] = scene.packs
    if (!large) throw new Error('There is no pack')

    await inMidFanOut(context, large.id, async (findHolder) => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
      await findHolder()
      await block()
      did('one instance computed without end while its transaction held the pack')
    })
    await stage.fleet.start().ready
    const asked = Promise.all(
      Array.from({ length: size.clients }, () =>
        // Once more where it finds a connection from before too old when it goes on.
        scene.manager.ask('listPacks', { instance: laden, givesUpAfter: 120_000, patience: 120_000 }),
      ),
    )
    await untilAllIsOut(stage)
    did('another instance finished the release meanwhile')
    await unblock()
    expectAnswers(await asked, [200])
    const refused = requestsIn(readHistory(stage.history.path)).filter(
      ({ outcome, row: of }) =>
        of === row && outcome.kind === 'answered' && outcome.text.includes('"overloaded"'),
    )
    if (refused.length === 0) throw new Error('Nobody was told to come back while it had too much to do')
    did('the busy one refused what had piled up, and answered it afterwards')
    if (laden.child.exitCode !== null) throw new Error(`The busy instance has died:\n${laden.output}`)
  },
}
