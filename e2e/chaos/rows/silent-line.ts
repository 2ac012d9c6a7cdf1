import type { ChangeHint } from '@packline/contract/changes.ts'
import { startBehindProxy } from '../faults/behind-proxy.ts'
import { hearChanges } from '../faults/hear-changes.ts'
import { createScene, dateIn, schedule } from '../product/scene.ts'
import { until } from '../product/until.ts'
import type { Row } from '../row.ts'

export const silentLine: Row = {
  name: 'silent-line',
  fault:
    'the network between an instance and the database comes back as another one; the connections from before stay silent, and nobody is told',
  holds: 'the instance finds out, and those who have a screen of it open hear of changes again',
  place: 'own',
  async run(context) {
    const { stage, did, afterwards } = context
    const { proxy, instance } = await startBehindProxy(context)
    const scene = await createScene(context, { packs: 1, consumers: 0 })
    const [pack] = scene.packs
    if (!pack) throw new Error('There is no pack')
    const heard: ChangeHint[] = []
    const hearing = await hearChanges(scene.manager, instance, (hint) => heard.push(hint))
    afterwards(hearing.end)
    // Whoever comes first is told so.
    await until(async () => heard.some(({ kind }) => kind === 'everything'), 'it listens')

    heard.length = 0
    proxy.become({ kind: 'half-open' })
    proxy.become({ kind: 'open' })
    did('all connections fell silent, and new ones were let through')
    await until(async () => heard.some(({ kind }) => kind === 'everything'), 'it listens again')
    const scheduled = await schedule(scene, pack, await dateIn(stage, 1))
    await until(async () => heard.some(({ id }) => id === scheduled.id), 'it hears of a change')
    did('a screen heard of a change again')
  },
}
