import { actRandomly } from '../actions/act-randomly.ts'
import { readHistory, type RequestEntry, requestsIn } from '../history.ts'
import { whoseConnection } from '../product/holder.ts'
import type { Instance } from '../product/instances.ts'
import { bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const stopInOrder: Row = {
  name: 'stop-in-order',
  fault: 'SIGTERM while requests come and a release goes out',
  holds:
    'it ends with 0 within ten seconds and leaves the rest to the others; nobody is answered with a failure',
  place: 'shared',
  async run(context) {
    const { row, stage, random, size, did } = context
    const scene = await createScene(context, { installBase: size.installBase })
    const [large, ...others] = scene.packs
    const acting = actRandomly(context, scene, { packs: others })
    let leaving: Instance | undefined
    let asked: ReturnType<typeof stage.fleet.stopInOrder> | undefined
    await inMidFanOut(context, large?.id, async (findHolder) => {
      const [first] = await bringMidnight(context, scene, { packs: large ? [large] : [] })
      await untilUnderWay(context, first)
      const { port } = await findHolder()
      leaving = whoseConnection(stage.fleet.serving(), port) ?? stage.fleet.pick(random)
      asked = leaving && stage.fleet.stopInOrder(leaving)
    })
    const end = await asked
    await acting.stop()
    if (end?.code !== 0) throw new Error(`It ended with ${end?.code ?? end?.signal}: ${leaving?.output}`)
    if (end.millis > 10_000) throw new Error(`It took ${Math.round(end.millis)} ms to end`)
    const failed = requestsIn(readHistory(stage.history.path)).filter(
      (one) => one.row === row && isFailure(one),
    )
    if (failed.length > 0) throw new Error(`${failed.length} were let down: ${JSON.stringify(failed[0])}`)
    did(`asked the instance that held a fan-out to stop, which took ${Math.round(end.millis)} ms`)
    await untilAllIsOut(stage)
    await stage.fleet.start().ready
  },
}

/**
 * Told that something went wrong, and not for having waited too long for what this row holds itself. Whoever sends into a
 * connection at the moment at which it is closed hears nothing, as with every server, and sends again.
 */
const isFailure = ({ outcome }: RequestEntry) =>
  outcome.kind === 'answered' && outcome.status >= 500 && !outcome.text.includes('"database-slow"')
