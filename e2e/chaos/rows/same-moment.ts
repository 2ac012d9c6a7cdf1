import { setTimeout as wait } from 'node:timers/promises'
import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, releaseBody } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const sameMoment: Row = {
  name: 'same-moment',
  fault:
    'cancel, new date, other versions, release now, early apply and deletion of the pack at the very moment of its release, ± 5 ms',
  holds: 'one of them wins, the others are told so',
  place: 'shared',
  async run(context) {
    const { stage, random, size, did } = context
    const scene = await createScene(context, { packs: size.rounds, consumers: 1 })
    const [consumer] = scene.consumers
    const later = await dateIn(stage, 9)
    const lead = 1_500
    const releaseIds = await bringMidnight(context, scene, { millisBefore: lead })
    const midnight = performance.now() + lead

    const changes = [
      (releaseId: string) =>
        scene.manager.ask('cancelRelease', { params: { releaseId }, body: { reason: 'No.' } }),
      (releaseId: string) =>
        scene.manager.ask('reschedule', { params: { releaseId }, body: { releaseOn: later } }),
      (releaseId: string) => scene.manager.ask('releaseNow', { params: { releaseId }, body: {} }),
      (releaseId: string, index: number) => {
        const pack = scene.packs[index]
        const body = pack && releaseBody(pack, [3, 2], later)
        return scene.manager.ask('changeVersions', { params: { releaseId }, body })
      },
      (_: string, index: number) =>
        scene.manager.ask('deletePack', { params: { packId: scene.packs[index]?.id ?? '' } }),
      () =>
        consumer?.operator.ask('applyUpdates', {
          params: { environmentId: random.choose(consumer.environmentIds) ?? '' },
          body: {},
        }),
    ]
    await Promise.all(
      releaseIds.map(async (releaseId, index) => {
        // The job wakes for the instant itself; a request takes some milliseconds to come as far.
        await wait(Math.max(0, midnight - performance.now() + random.between(-15, 5)))
        await changes[index % changes.length]?.(releaseId, index)
      }),
    )
    did(`${releaseIds.length} releases met somebody at their moment`)
    await untilAllIsOut(stage)
  },
}
