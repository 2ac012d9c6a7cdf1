import type { InstallationListItem } from '@packline/contract/installations.ts'
import type { Caller } from '../product/caller.ts'
import { bringMidnight, midnightOf } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, dateIn, releaseBody, schedule, type ScenePack } from '../product/scene.ts'
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
    const scene = await createScene(context, { packs: 6, consumers: 1 })
    const { manager, stranger, packs, consumers } = scene
    const [cancelled, released, waiting, changed, hurried, deleted] = packs
    const [consumer] = consumers
    if (!cancelled || !released || !waiting || !changed || !hurried || !deleted || !consumer)
      throw new Error('There is no scene')
    const { operator, environmentIds } = consumer
    const expect = expectOf(manager)

    const release = { releaseId: (await schedule(scene, cancelled, await dateIn(stage, 3))).id }
    await expect(200, 'reschedule', { params: release, body: { releaseOn: await dateIn(stage, 5) } })
    await expect(200, 'cancelRelease', { params: release, body: { reason: 'Not ready.' } })
    await expect(409, 'cancelRelease', { params: release, body: { reason: 'Not ready.' } })

    const replaced = { releaseId: (await schedule(scene, changed, await dateIn(stage, 3))).id }
    const others = releaseBody(changed, [2, 3], await dateIn(stage, 4))
    await expect(201, 'changeVersions', { params: replaced, body: others })
    const brought = { releaseId: (await schedule(scene, hurried, await dateIn(stage, 3))).id }
    await expect(200, 'releaseNow', { params: brought, body: {} })
    await expect(204, 'deletePack', { params: { packId: deleted.id } })

    const installations = await operator.get<InstallationListItem[]>('listInstallations')
    const installed = ({ id }: ScenePack) => ({
      installationId: installations.find(({ packId }) => packId === id)?.id ?? '',
    })
    const [environmentId = ''] = environmentIds
    const expectThere = expectOf(operator)
    const params = installed(hurried)
    await expectThere(200, 'detach', { params, body: { environmentIds } })
    await expectThere(200, 'attach', { params, body: { environmentIds: [environmentId] } })
    await expectThere(204, 'uninstall', { params: installed(changed) })

    const tomorrow = await dateIn(stage, 1)
    const body = releaseBody(released, [1, 1], tomorrow)
    const { status } = await stranger.ask('createRelease', { params: { packId: released.id }, body })
    if (status !== 404) throw new Error(`A stranger was answered ${status}`)

    await bringMidnight(context, scene, { packs: [released], millisBefore: 3_600_000 })
    await operator.get('applyUpdates', { params: { environmentId }, body: {} })
    await stage.clock.set(midnightOf(tomorrow))
    await untilAllIsOut(stage)
    await schedule(scene, waiting, await dateIn(stage, 20))
    did('releases cancelled, replaced, hurried, applied early, sent out and left waiting; a pack deleted')
  },
}

const expectOf =
  ({ ask }: Caller) =>
  async (status: number, ...[name, options]: Parameters<Caller['ask']>) => {
    const answer = await ask(name, options)
    if (answer.status !== status) throw new Error(`${name} answered ${answer.status}: ${answer.text}`)
  }
