import { expectAnswers } from '../faults/expect-answers.ts'
import { createPerson } from '../product/accounts.ts'
import { type Caller, createCaller } from '../product/caller.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, releaseBody, type ScenePack } from '../product/scene.ts'
import type { Row } from '../row.ts'

const packsEach = 10
/** Before they confirm, nobody need be in a hurry. */
const publishersAtOnce = 5
/** A thousand at once take two cores a while: here it counts who is answered what, not how soon. */
const patient = { givesUpAfter: 120_000, patience: 300_000 }

export const manyWizards: Row = {
  name: 'many-wizards',
  fault: 'very many people confirm a release at once: each of a pack of their own, then all of the same pack',
  holds:
    'all of the different packs are released; of the one pack exactly one is, and everybody else gets a 409',
  place: 'shared',
  async run(context) {
    const { stage, size, random, row, did } = context
    const { fleet, history, sql } = stage
    const packs: ScenePack[] = []
    let missing = size.wizards / packsEach
    const makePublishers = async () => {
      while (missing > 0) {
        missing -= 1
        packs.push(...(await createScene(context, { packs: packsEach, consumers: 0 })).packs)
      }
    }
    await Promise.all(Array.from({ length: publishersAtOnce }, makePublishers))
    const newPerson = async ({ accountId }: ScenePack) =>
      createCaller({ fleet, history, random: random.fork(), row }, await createPerson(sql, accountId))
    const confirm = (person: Caller, pack: ScenePack, releaseOn?: string) =>
      person.ask('createRelease', {
        params: { packId: pack.id },
        body: releaseBody(pack, releaseOn ? [2, 2] : [1, 1], releaseOn),
        ...patient,
      })

    const owners = await Promise.all(packs.map(async (pack) => ({ pack, person: await newPerson(pack) })))
    expectAnswers(await Promise.all(owners.map(({ pack, person }) => confirm(person, pack))), [201])
    did(`${packs.length} people released ${packs.length} packs at once`)

    const [pack] = packs
    if (!pack) throw new Error('There is no pack')
    const releaseOn = await dateIn(stage, 3)
    const rivals = await Promise.all(packs.map(() => newPerson(pack)))
    const answers = await Promise.all(rivals.map((person) => confirm(person, pack, releaseOn)))
    expectAnswers(answers, [201, 409])
    const first = answers.filter(({ status }) => status === 201).length
    if (first !== 1) throw new Error(`${first} of ${answers.length} people scheduled the same pack`)
    did(`${answers.length} people scheduled the same pack at once`)
    await untilAllIsOut(stage)
  },
}
