import { setTimeout as wait } from 'node:timers/promises'
import type { Scene, ScenePack } from '../product/scene.ts'
import type { RowContext } from '../row.ts'
import type { Act } from './act.ts'
import * as consumer from './consumer.ts'
import * as malformed from './malformed.ts'
import * as publisher from './publisher.ts'

export type Kind = 'publisher' | 'consumer' | 'malformed'

/** How often each is done, relative to the others. */
const acts: Record<Kind, readonly (readonly [number, Act])[]> = {
  publisher: [
    [6, publisher.scheduleRelease],
    [3, publisher.reschedule],
    [3, publisher.changeVersions],
    [2, publisher.cancel],
    [2, publisher.releaseNow],
    [1, publisher.releaseAtOnce],
    [1, publisher.meddle],
  ],
  consumer: [
    [6, consumer.applyEarly],
    [4, consumer.attach],
    [3, consumer.detach],
    [2, consumer.install],
    [1, consumer.uninstall],
  ],
  malformed: [[1, malformed.sendNonsense]],
}

type Acting = {
  kinds?: readonly Kind[]
  workers?: number
  packs?: readonly ScenePack[]
  pauseMillis?: number
}

/** Lets people do things, each worker one after the other, until it is told to stop; then the last ones are waited for. */
export function actRandomly({ stage, random, whenOver }: RowContext, scene: Scene, acting: Acting = {}) {
  const { kinds = ['publisher', 'consumer'], workers = 3, packs = scene.packs, pauseMillis = 10 } = acting
  const choices = kinds
    .flatMap((kind) => acts[kind])
    .flatMap(([often, act]) => Array.from({ length: often }, () => act))
  let isStopping = false
  let failure: Error | undefined
  const working = Array.from({ length: workers }, async () => {
    const own = random.fork()
    while (!isStopping && failure === undefined) {
      const [act, pack, one] = [own.choose(choices), own.choose(packs), own.choose(scene.consumers)]
      if (!act || !pack || !one) return
      await act({ stage, scene, random: own, pack, consumer: one }).catch(
        (error: unknown) => (failure = error instanceof Error ? error : new Error(String(error))),
      )
      await wait(own.between(0, pauseMillis))
    }
  })
  const end = () => {
    isStopping = true
    return Promise.all(working)
  }
  // Also of a row that fails before it tells them.
  whenOver(end)
  return {
    async stop() {
      await end()
      if (failure !== undefined) throw failure
    },
  }
}
