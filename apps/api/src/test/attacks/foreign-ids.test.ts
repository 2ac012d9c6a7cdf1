import { expect, test } from 'vitest'
import { setClock } from '../clock.ts'
import { createPack, createPair, createProcess } from '../platform-api/contract-scene.ts'
import { createTestApp } from '../test-app.ts'

const app = await createTestApp()
await setClock(app.db, '2027-03-01T10:00:00Z')
const [own, victim] = [await createPair(app), await createPair(app)]

type Pack = Awaited<ReturnType<typeof createPack>>
type Component = { componentId: string; version: string }

const body = (id: string, components: readonly Component[]) => ({
  id,
  name: 'Order to Cash',
  releaseSchedule: 'IMMEDIATELY',
  ReleasePackagedComponents: { ReleasePackagedComponent: components },
})
const versionOf = ({ component }: Pack, version = '1.0'): Component => ({
  componentId: component.id,
  version,
})
const release = (pack: Pack, named: unknown) =>
  own.publisher.send('POST', `/ReleaseIntegrationPack/${pack.id}`, { body: named })
const releasesOf = (pack: Pack) => app.db.release.count({ where: { packId: pack.id } })

test('3 the pack in the address is the one that is meant, whatever the body says', async () => {
  const [mine, theirs] = [await createPack(app, own), await createPack(app, victim)]
  const create = (id: string, components: readonly Component[]) =>
    own.publisher.send('POST', '/ReleaseIntegrationPack', { body: body(id, components) })

  const foreign = await create(theirs.id, [versionOf(theirs)])
  const unknown = await create(crypto.randomUUID(), [versionOf(theirs)])
  expect([foreign.statusCode, foreign.body]).toEqual([400, unknown.body])
  // An address of one's own does not carry a body that names another account's pack.
  const crossed = await release(mine, body(theirs.id, [versionOf(mine)]))
  expect(crossed.statusCode).toBeGreaterThanOrEqual(400)
  expect([await releasesOf(theirs), await releasesOf(mine)]).toEqual([0, 0])

  expect((await create(mine.id, [versionOf(mine)])).statusCode).toBe(200)
  expect([await releasesOf(theirs), await releasesOf(mine)]).toEqual([0, 1])
})

test('8 a version of another account, of another pack or of another component is no version of this one', async () => {
  const [mine, other, theirs] = [
    await createPack(app, own),
    await createPack(app, own),
    await createPack(app, victim),
  ]
  const notInAPack = await createProcess(app, own)
  const create = (components: readonly Component[]) =>
    own.publisher.send('POST', '/ReleaseIntegrationPack', { body: body(mine.id, components) })

  for (const wrong of [
    versionOf(theirs),
    versionOf(other),
    { componentId: notInAPack.id, version: '1.0' },
    versionOf(mine, '3.0'),
  ]) {
    const refused = await create([wrong])
    expect(refused.statusCode, JSON.stringify(wrong)).toBe(400)
  }
  const foreign = await create([versionOf(theirs)])
  const unknown = await create([{ componentId: crypto.randomUUID(), version: '1.0' }])
  expect(foreign.body.replaceAll(theirs.component.id, '')).toBe(unknown.body.replaceAll(/[0-9a-f-]{36}/g, ''))
  expect(await releasesOf(mine)).toBe(0)
  expect((await create([versionOf(mine)])).statusCode).toBe(200)
})
