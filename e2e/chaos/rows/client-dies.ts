import { randomUUID } from 'node:crypto'
import { dateIn, createScene, releaseBody, someVersions } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const clientDies: Row = {
  name: 'client-dies',
  fault: 'clients are gone between sending and the answer, and send the same again',
  holds: 'each release is made once, whether or not the first request had been carried out',
  place: 'shared',
  async run(context) {
    const { stage, random, size, did } = context
    const scene = await createScene(context, { packs: 4, consumers: 0 })
    let lost = 0
    for (let round = 0; round < size.rounds; round += 1) {
      const pack = scene.packs[round % scene.packs.length]
      if (!pack) return
      const asked = {
        params: { packId: pack.id },
        body: releaseBody(pack, someVersions(random), round % 2 === 0 ? undefined : await dateIn(stage, 5)),
        key: randomUUID(),
      }
      const first = await scene.manager.send('createRelease', {
        ...asked,
        // The first one surely before any answer can be there.
        givesUpAfter: round === 0 ? 1 : random.between(1, 40),
      })
      if (first.kind === 'unknown') lost += 1
      const again = await scene.manager.ask('createRelease', asked)
      if (first.kind === 'answered' && first.status === 201 && first.text !== again.text) {
        throw new Error(`The same request was answered otherwise: ${first.text}, then ${again.text}`)
      }
    }
    if (lost === 0) throw new Error('Every client has waited for its answer')
    did(`${lost} of ${size.rounds} clients were gone before their answer`)
  },
}
