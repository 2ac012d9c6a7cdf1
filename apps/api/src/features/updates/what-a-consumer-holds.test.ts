import type { EnvironmentPacks } from '@packline/contract/updates.ts'
import { expect, test } from 'vitest'
import { connectNode } from '../../test/atoms.ts'
import { apply, createConsumer, createPlace, install, packsOf } from '../../test/consumer-scene.ts'
import { createReleaseScene } from '../../test/release-scene.ts'
import { releaseNext } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { startTestingPeriod } from '../../test/testing-period.ts'
import { signInAs } from '../../test/people.ts'

const app = await createTestApp()

test('R-48 sharing once covers all later releases', async () => {
  const scene = await createReleaseScene(app)
  const consumer = await createConsumer(app, scene)
  const place = await createPlace(app, consumer.accountId)
  await install(consumer, scene.pack.id, [place.id])
  for (const [versions, number] of [
    [[1, 0], 2],
    [[1, 1], 3],
    [[2, 1], 4],
  ] as const) {
    const releaseId = await releaseNext(scene, versions)
    expect((await packsOf(consumer, place.id)).rows).toMatchObject([
      { versionNumber: number, running: { id: releaseId } },
    ])
  }
})

test('R-61 whoever installed a pack cannot change what is in it', async () => {
  const { scene, consumer } = await startTestingPeriod(app)
  const admin = await signInAs(app, { accountId: consumer.accountId, role: 'administrator' })
  const [item] = await app.db.packItem.findMany({ where: { packId: scene.pack.id } })
  const component = `/components/${item?.componentId}`
  const pack = `/integration-packs/${scene.pack.id}`
  const answers = [
    await admin.call('PATCH', component, { body: { name: 'Mine' } }),
    await admin.call('DELETE', component),
    await admin.call('PATCH', pack, { body: { name: 'Mine', description: '' } }),
    await admin.call('DELETE', `${pack}/packages/${item?.componentId}`),
    await admin.call('POST', `${pack}/releases`, { body: { versions: [], timing: { kind: 'immediately' } } }),
  ]
  for (const { statusCode } of answers) expect([403, 404]).toContain(statusCode)
  const unchanged = await app.db.component.findUniqueOrThrow({ where: { id: item?.componentId ?? '' } })
  expect(unchanged).toMatchObject({ name: expect.not.stringMatching('Mine'), accountId: scene.accountId })
})

test('R-70 what is applied is on its way until the Atom has it, and that is to be seen', async () => {
  const { consumer, one, attachmentId, pendingId } = await startTestingPeriod(app)
  const node = await connectNode(app, one.atoms[0]?.id ?? '')
  expect(await apply(consumer, one.id)).toMatchObject([{ kind: 'applied' }])
  const onItsWay = async () => {
    const [row] = (await packsOf(consumer, one.id)).rows
    return row?.deliveries.filter(({ nodeId }) => nodeId === node.nodeId)
  }
  expect(await onItsWay()).toMatchObject([{ state: 'WAITING' }])
  const report = { attachmentId, releaseId: pendingId }
  await node.report({ ...report, state: 'DOWNLOADING', progressBytes: 3, totalBytes: 10 })
  expect(await onItsWay()).toMatchObject([{ state: 'DOWNLOADING', progressBytes: 3, totalBytes: 10 }])
  await node.report({ ...report, state: 'ACTIVE' })
  expect(await onItsWay()).toMatchObject([{ state: 'ACTIVE' }])
})

test('R-72 an early apply belongs to the environment, its number to the installation', async () => {
  const { consumer, one, two } = await startTestingPeriod(app)
  const rowsOf = async (environmentId: string): Promise<EnvironmentPacks['rows']> =>
    (await packsOf(consumer, environmentId)).rows
  await apply(consumer, one.id)
  expect(await rowsOf(one.id)).toMatchObject([{ state: 'applied-early', versionNumber: 2 }])
  expect(await rowsOf(two.id)).toMatchObject([{ state: 'offered', versionNumber: 1, pendingNumber: 2 }])
  await apply(consumer, two.id)
  expect(await rowsOf(two.id)).toMatchObject([{ state: 'applied-early', versionNumber: 2 }])
})
