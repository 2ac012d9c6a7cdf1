import { bringMidnight, midnightOf } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, releaseBody, schedule } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const noFault: Row = {
  name: 'no-fault',
  fault:
    'none: each kind of change once, in a known order, so that every checker surely has something to damage',
  holds: 'each is answered as the rules say',
  place: 'own',
  isForControls: true,
  async run(context) {
    const { stage, did } = context
    await stage.fleet.startMany(1)
    const scene = await createScene(context, { consumers: 1 })
    const { manager, stranger, packs, consumers } = scene
    const [cancelled, released, waiting] = packs
    const [consumer] = consumers
    if (!cancelled || !released || !waiting || !consumer) throw new Error('There is no scene')
    const expect = async (status: number, ...[name, options]: Parameters<typeof manager.ask>) => {
      const answer = await manager.ask(name, options)
      if (answer.status !== status) throw new Error(`${name} answered ${answer.status}: ${answer.text}`)
    }

    const params = { releaseId: (await schedule(scene, cancelled, await dateIn(stage, 3))).id }
    await expect(200, 'reschedule', { params, body: { releaseOn: await dateIn(stage, 5) } })
    await expect(200, 'cancelRelease', { params, body: { reason: 'Not ready.' } })
    await expect(409, 'cancelRelease', { params, body: { reason: 'Not ready.' } })

    const tomorrow = await dateIn(stage, 1)
    const body = releaseBody(released, [1, 1], tomorrow)
    const { status } = await stranger.ask('createRelease', { params: { packId: released.id }, body })
    if (status !== 404) throw new Error(`A stranger was answered ${status}`)

    await bringMidnight(context, scene, { packs: [released], millisBefore: 3_600_000 })
    const [environmentId = ''] = consumer.environmentIds
    await consumer.operator.get('applyUpdates', { params: { environmentId }, body: {} })
    await stage.clock.set(midnightOf(tomorrow))
    await untilAllIsOut(stage)
    await schedule(scene, waiting, await dateIn(stage, 20))
    did('one release cancelled, one applied early and sent out, one left waiting')
  },
}
