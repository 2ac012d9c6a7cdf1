import { whoseConnection } from '../product/holder.ts'
import type { Instance } from '../product/instances.ts'
import { aMoment, bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { countUnfinished, untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const killApi: Row = {
  name: 'kill-api',
  fault: 'kill -9 of the instance that holds a fan-out, and of others, again and again',
  holds: 'the interrupted transaction leaves no trace, another instance goes on, everything once',
  place: 'shared',
  async run(context) {
    const { stage, random, size, did } = context
    const { fleet } = stage
    const scene = await createScene(context, { installBase: size.installBase })
    const replacements: Promise<unknown>[] = []
    let kills = 0
    const kill = async (victims: readonly (Instance | undefined)[]) => {
      for (const victim of victims) {
        if (!victim) continue
        kills += 1
        replacements.push((await fleet.replaceKilled(victim)).ready)
      }
    }
    await inMidFanOut(context, scene.packs[0]?.id, async (findHolder) => {
      const [first] = await bringMidnight(context, scene)
      await untilUnderWay(context, first)
      let isHit = false
      // Again when it has given up waiting just before it died.
      while (!isHit) {
        const holder = await findHolder()
        const victim = whoseConnection(fleet.serving(), holder.port)
        await kill(victim ? [victim] : fleet.serving())
        isHit = (await holder.idleMillis()) !== undefined
      }
      await kill([fleet.pick(random)])
    })
    while (kills < size.faults && (await countUnfinished(stage)) !== 0) {
      await aMoment(random, 100, 250)
      await kill([fleet.pick(random)])
    }
    did(`killed ${kills} instances, first the one that held the fan-out`)
    await untilAllIsOut(stage)
    await Promise.all(replacements)
  },
}
