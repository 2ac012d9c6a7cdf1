import type { RolloutPage, RolloutRow, RolloutTotals } from '@packline/contract/rollout.ts'
import type { DeliveryState } from '@packline/domain/deliveries/delivery-state.ts'
import { createConsumer, createPlace, install } from './consumer-scene.ts'
import { createReleaseScene, type ReleaseScene, releaseBody } from './release-scene.ts'
import type { TestApp } from './test-app.ts'

/** A managed account whose environments run the scene's pack: one for each of these descriptions. */
export async function addAccount(
  test: TestApp,
  scene: ReleaseScene,
  places: readonly Parameters<typeof createPlace>[2][] = [{}],
  name?: string,
) {
  const consumer = await createConsumer(test, scene)
  if (name !== undefined) await test.db.account.update({ where: { id: consumer.accountId }, data: { name } })
  const made = []
  for (const place of places) made.push(await createPlace(test, consumer.accountId, place))
  await install(
    consumer,
    scene.pack.id,
    made.map(({ id }) => id),
  )
  return { ...consumer, places: made }
}

/** Releases the scene's second versions at once and says the release's id. */
export async function releaseNext(scene: ReleaseScene, versions: readonly [number, number] = [1, 1]) {
  const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, versions),
  })
  if (answer.statusCode !== 201) throw new Error(`Not released: ${answer.body}`)
  return answer.json<{ id: string }>().id
}

/** Where each node of an environment stands with a release, in the order in which they were made. */
export async function deliverAs(
  { db }: TestApp,
  { environmentId, releaseId }: { environmentId: string; releaseId: string },
  states: readonly DeliveryState[],
) {
  const rows = await db.delivery.findMany({
    where: { attachment: { environmentId }, releaseId },
    orderBy: { nodeId: 'asc' },
  })
  if (rows.length !== states.length) throw new Error(`There are ${rows.length} deliveries`)
  for (const [index, { attachmentId, nodeId }] of rows.entries()) {
    const state = states[index] ?? 'WAITING'
    await db.delivery.update({
      where: { attachmentId_nodeId_releaseId: { attachmentId, nodeId, releaseId } },
      data: { state, ...(state === 'FAILED' && { cause: 'No space left on the disk.', attempts: 1 }) },
    })
  }
}

type Call = ReleaseScene['manager']['call']
type Query = Record<string, string>

export async function rolloutOf(call: Call, releaseId: string, query: Query = {}): Promise<RolloutPage> {
  const answer = await call('GET', `/releases/${releaseId}/rollout`, { query })
  if (answer.statusCode !== 200) throw new Error(`No rollout: ${answer.body}`)
  return answer.json<RolloutPage>()
}

export async function totalsOf(call: Call, releaseId: string): Promise<RolloutTotals> {
  return (await call('GET', `/releases/${releaseId}/rollout/totals`)).json<RolloutTotals>()
}

/** Every row, page by page, from the start to the end or back from there. */
export async function everyRow(call: Call, releaseId: string, query: Query, way: 'forth' | 'back' = 'forth') {
  const last = 'zzzz.ffffffff-ffff-ffff-ffff-ffffffffffff.ffffffff-ffff-ffff-ffff-ffffffffffff'
  const rows: RolloutRow[] = []
  let place: string | null | undefined = way === 'forth' ? undefined : last
  while (place !== null) {
    const page: RolloutPage = await rolloutOf(call, releaseId, {
      ...query,
      ...(place !== undefined && { [way === 'forth' ? 'after' : 'before']: place }),
    })
    if (way === 'forth') rows.push(...page.rows)
    else rows.unshift(...page.rows)
    place = way === 'forth' ? page.next : page.previous
  }
  return rows
}

export const keyOf = (row: RolloutRow) => `${row.attachmentId} ${row.atomId ?? ''}`

/**
 * A release that went out to six accounts whose Atoms are in every state there is, the one after it scheduled and
 * applied early in one environment, and detached in another.
 */
export async function createRollout(test: TestApp) {
  const { db } = test
  const scene = await createReleaseScene(test)
  const bluebird = await addAccount(
    test,
    scene,
    [{ name: 'Berlin' }, { name: 'Kiel' }, { name: 'Ulm' }],
    'Bluebird Foods',
  )
  const orchard = await addAccount(test, scene, [{ type: 'MOLECULE', nodes: 3 }, { atoms: 2 }], 'Orchard')
  const bare = await addAccount(test, scene, [{ atoms: 0 }, { nodes: 0 }])
  const held = await addAccount(test, scene, [{}, {}])
  const releaseId = await releaseNext(scene)
  const late = await addAccount(test, scene)
  const outside = await addAccount(test, scene)

  const at = (place: { id: string } | undefined) => ({ environmentId: place?.id ?? '', releaseId })
  await deliverAs(test, at(bluebird.places[0]), ['ACTIVE'])
  await deliverAs(test, at(bluebird.places[1]), ['ACTIVE'])
  await deliverAs(test, at(orchard.places[0]), ['ACTIVE', 'DOWNLOADING', 'WAITING'])
  await deliverAs(test, at(orchard.places[1]), ['FAILED', 'ACTIVE'])
  await deliverAs(test, at(held.places[0]), ['FAILED'])
  await deliverAs(test, at(held.places[1]), ['ACTIVE'])
  await db.account.update({ where: { id: held.accountId }, data: { status: 'suspended' } })

  const scheduled = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [2, 1], '2027-03-01'),
  })
  const nextId = scheduled.json<{ id: string }>().id
  const [, kiel, ulm] = bluebird.places
  await bluebird.call('POST', `/environments/${kiel?.id}/updates`, { body: {} })
  const installation = await db.installation.findFirstOrThrow({ where: { accountId: bluebird.accountId } })
  await bluebird.call('POST', `/installations/${installation.id}/detachments`, {
    body: { environmentIds: [ulm?.id] },
  })
  // Installed and no longer shared: the next release does not reach it (D-4).
  await db.accountGroupPack.deleteMany({ where: { groupId: outside.group.id } })
  return { scene, bluebird, orchard, bare, held, late, outside, releaseId, nextId, call: scene.manager.call }
}
