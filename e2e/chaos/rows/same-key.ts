import { randomUUID } from 'node:crypto'
import { expectAnswers } from '../faults/expect-answers.ts'
import { createScene, dateIn, releaseBody } from '../product/scene.ts'
import type { Row } from '../row.ts'

const times = 50

export const sameKey: Row = {
  name: 'same-key',
  fault: 'fifty identical requests under one key at once, and another one under the same key',
  holds: 'one effect, the same answer for all, and 422 for the other request',
  place: 'shared',
  async run(context) {
    const { stage, did } = context
    const scene = await createScene(context, { packs: 1, consumers: 1 })
    const [pack] = scene.packs
    const [consumer] = scene.consumers
    if (!pack || !consumer) throw new Error('The scene is empty')

    const params = { packId: pack.id }
    const [tomorrow, later] = [await dateIn(stage, 1), await dateIn(stage, 2)]
    const key = randomUUID()
    const asked = { params, key, body: releaseBody(pack, [1, 1], tomorrow) }
    const answers = await Promise.all(
      Array.from({ length: times }, () => scene.manager.ask('createRelease', asked)),
    )
    expectAnswers(answers, [201])
    if (new Set(answers.map(({ text }) => text)).size > 1) throw new Error('The answers differ')
    const other = { ...asked, body: releaseBody(pack, [2, 2], later) }
    expectAnswers([await scene.manager.ask('createRelease', other)], [422])

    const [environmentId = ''] = consumer.environmentIds
    const apply = { params: { environmentId }, body: {}, key: randomUUID() }
    const applied = await Promise.all(
      Array.from({ length: times }, () => consumer.operator.ask('applyUpdates', apply)),
    )
    expectAnswers(applied, [200])
    if (new Set(applied.map(({ text }) => text)).size > 1) throw new Error('The answers differ')
    did(`sent one release and one early apply ${times} times each`)
  },
}
