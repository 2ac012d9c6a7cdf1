import { startBehindFirewall } from '../faults/behind-firewall.ts'
import { type Line, startOnProxysLine } from '../faults/behind-proxy.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { watchSlowestAnswer } from '../faults/slowest-answer.ts'
import type { Holder } from '../product/holder.ts'
import { bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import { until } from '../product/until.ts'
import type { Row, RowContext } from '../row.ts'

const holds =
  'its locks are free again within 10 s and another instance goes on; 503 there within 5 s, and answers again afterwards'

/** A row in which an instance loses its network while it holds a pack. */
const whileCutOff = (
  facts: Pick<Row, 'name' | 'fault' | 'place'>,
  startLine: (context: RowContext) => Promise<Line>,
): Row => ({
  ...facts,
  holds,
  async run(context) {
    const { stage, size, did } = context
    const { instance: lost, way, cut, heal } = await startLine(context)
    const scene = await createScene(context, { packs: 1, consumers: 1, installBase: size.installBase / 4 })
    const [large] = scene.packs
    const usualMillis = await askMuch([200, 503])
    let holder: Holder | undefined
    await inMidFanOut(context, large?.id, async (findHolder) => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
      holder = await findHolder()
      await cut()
      did(`${way} cut the network while a transaction of the instance held the pack`)
    })
    const goesOn = async () => {
      await stage.fleet.start().ready
      await untilAllIsOut(stage)
    }
    await Promise.all([untilFree(holder), expectRefusal(), goesOn()])
    did('another instance finished the release meanwhile')

    await heal()
    expectAnswers([await scene.manager.ask('listPacks', { instance: lost })], [200])

    /** Many people at once; says within how many milliseconds the last one was answered. */
    async function askMuch(expected: readonly number[]) {
      const asked = performance.now()
      const replies = await Promise.all(
        Array.from({ length: size.clients }, () => scene.manager.send('listPacks', { instance: lost })),
      )
      expectAnswers(replies, expected)
      return performance.now() - asked
    }

    /** In time, but for what this machine takes to answer so many, and to answer one without a database. */
    async function expectRefusal() {
      const watch = watchSlowestAnswer(lost)
      const asked = await askMuch([503])
      const millis = Math.max(0, Math.round(asked - usualMillis - (await watch.stop())))
      if (millis > 5_000) throw new Error(`The last one was refused after ${millis} ms`)
      did(`everybody was refused there within ${millis} ms`)
    }
  },
})

/** Sees it free, or still held when it must be free; however late it looks. */
const untilFree = (holder: Holder | undefined) =>
  until(async () => {
    const millis = await holder?.idleMillis()
    if (millis !== undefined && millis > 10_000)
      throw new Error(`The pack has been held for ${Math.round(millis)} ms`)
    return millis === undefined
  }, 'the pack is free')

export const partition = whileCutOff(
  {
    name: 'partition',
    fault:
      'the network between an instance and the database is cut in the middle of a fan-out, and comes back as another one',
    place: 'own',
  },
  startOnProxysLine,
)

export const partitionByFirewall = whileCutOff(
  {
    name: 'partition-firewall',
    fault: 'a firewall drops every packet between an instance and the database in the middle of a fan-out',
    place: 'own-server',
  },
  async (context) => (await startBehindFirewall(context)) ?? startOnProxysLine(context),
)
