import { setTimeout as wait } from 'node:timers/promises'
import { startBehindProxy } from '../faults/behind-proxy.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import type { Caller } from '../product/caller.ts'
import { bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const slowDatabase: Row = {
  name: 'slow-database',
  fault: 'the way to the database gets slow, stands still, and loses all connections at once',
  holds: 'nobody is refused for slowness alone; 503 while it stands still; what is due goes out all the same',
  place: 'own',
  async run(context) {
    const { stage, size, did } = context
    const { proxy } = await startBehindProxy(context)
    const scene = await createScene(context, { packs: 2, consumers: 1, installBase: size.installBase / 4 })
    proxy.become({ kind: 'slow', ...size.latency })
    await inMidFanOut(context, scene.packs[0]?.id, async () => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
    })
    expectAnswers(await askMuch(scene.manager, 10), [200])
    did(`made every packet up to ${size.latency.millis + size.latency.jitter} ms late, each way`)

    proxy.become({ kind: 'stalled' })
    const standstill = wait(size.standstillMillis)
    // Answered while it stands still: it goes on only after the last answer.
    expectAnswers(await askMuch(scene.manager, size.clients), [503])
    await standstill
    did('let it stand still until everybody was refused')

    proxy.become({ kind: 'open' })
    for (let fault = 0; fault < size.faults; fault += 1) {
      proxy.reset()
      expectAnswers([await scene.manager.ask('listPacks')], [200])
    }
    did(`reset all connections, ${size.faults} times`)
    await untilAllIsOut(stage)
  },
}

const askMuch = (caller: Caller, count: number) =>
  Promise.all(Array.from({ length: count }, () => caller.send('listPacks')))
