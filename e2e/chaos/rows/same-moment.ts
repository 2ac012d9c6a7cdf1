import { setTimeout as wait } from 'node:timers/promises'
import { expectAnswers } from '../faults/expect-answers.ts'
import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, releaseBody, type Scene, schedule } from '../product/scene.ts'
import type { Row, RowContext } from '../row.ts'

export const sameMoment: Row = {
  name: 'same-moment',
  fault:
    'cancel, new date, other versions, release now and early apply at the very moment of the release, ± 5 ms',
  holds: 'one of them wins, the others are told so',
  place: 'shared',
  async run(context) {
    const { stage, random, size, did } = context
    const scene = await createScene(context, { packs: size.rounds, consumers: 1 })
    const [consumer] = scene.consumers
    await changeInTime(context, await createScene(context, { packs: 2, consumers: 0 }))
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

/** Where nobody else is in the way: a new date and cancelling count, and what is over is refused. */
async function changeInTime({ stage, did }: RowContext, scene: Scene) {
  const { manager, packs } = scene
  const ids = []
  for (const pack of packs) ids.push((await schedule(scene, pack, await dateIn(stage, 1))).id)
  const [movedId = '', droppedId = ''] = ids
  const releaseOn = await dateIn(stage, 300)
  const moving = { params: { releaseId: movedId }, body: { releaseOn } }
  const dropping = { params: { releaseId: droppedId }, body: { reason: 'Not this one.' } }
  expectAnswers([await manager.ask('reschedule', moving)], [200])
  expectAnswers([await manager.ask('cancelRelease', dropping)], [200])
  expectAnswers([await manager.ask('cancelRelease', dropping)], [409])
  did('moved and cancelled releases in time')
}
