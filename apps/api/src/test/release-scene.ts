import { setClock } from './clock.ts'
import { createPackaged, createReleaseOf, installIn } from './pack-data.ts'
import { createAccount, signInAs } from './people.ts'
import type { TestApp } from './test-app.ts'

/** The business time at which every scene begins: Saturday noon in UTC. */
const sceneStart = '2027-02-20T12:00:00Z'

/**
 * A publisher with a pack of two components, released once with their first versions, each with a newer one packaged
 * since; and a release manager who may release it.
 */
export async function createReleaseScene(
  test: TestApp,
  { type = 'SINGLE', timeZone = 'Europe/Berlin' }: { type?: 'SINGLE' | 'MULTI'; timeZone?: string } = {},
) {
  await setClock(test.db, sceneStart)
  const accountId = await createAccount(test)
  const manager = await signInAs(test, { accountId, timeZone })
  const orders = await createPackaged(test, accountId, {
    name: 'Orders to ERP',
    versions: ['1.0', '2.0', '3.0'],
  })
  const invoices = await createPackaged(test, accountId, { name: 'Invoice sync', versions: ['1.0', '2.0'] })
  const pack = await test.db.integrationPack.create({
    data: {
      accountId,
      name: 'Order to Cash',
      type,
      items: { create: [{ componentId: orders.id }, { componentId: invoices.id }] },
    },
  })
  const first = await createReleaseOf(test, pack.id, {
    content: [packageOf(orders, 0), packageOf(invoices, 0)],
  })
  return { accountId, manager, orders, invoices, pack, first }
}

export type ReleaseScene = Awaited<ReturnType<typeof createReleaseScene>>

export function packageOf({ packages }: Awaited<ReturnType<typeof createPackaged>>, index: number) {
  const found = packages[index]
  if (!found) throw new Error(`There is no package ${index}`)
  return found
}

/** The body of a release with these versions of the scene's components. */
export function releaseBody(
  scene: ReleaseScene,
  [orders, invoices]: readonly [number, number],
  releaseOn?: string,
) {
  return {
    versions: [packageOf(scene.orders, orders), packageOf(scene.invoices, invoices)].map(
      ({ id, componentId }) => ({
        componentId,
        packageId: id,
      }),
    ),
    timing: releaseOn === undefined ? { kind: 'immediately' } : { kind: 'on-date', releaseOn },
  }
}

/** A managed account that has the scene's pack installed and attached to that many environments. */
export async function addCustomer(test: TestApp, { pack, first }: ReleaseScene, environments = 1) {
  const accountId = await createAccount(test)
  const installed = await installIn(test, accountId, { packId: pack.id, releaseId: first.id, environments })
  return { accountId, ...installed }
}

/** What runs where, as numbers and releases, in a stable order. */
export async function attachmentsOf(test: TestApp, accountId: string) {
  return test.db.attachment.findMany({
    where: { accountId, detachedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true, releaseId: true, versionNumber: true, updatedHow: true },
  })
}

/** Schedules a release of the scene's pack with these versions and says its id. */
export async function scheduleRelease(
  scene: ReleaseScene,
  releaseOn = '2027-03-01',
  versions: readonly [number, number] = [1, 1],
) {
  const answer = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, versions, releaseOn),
  })
  if (answer.statusCode !== 201) throw new Error(`The release was not scheduled: ${answer.body}`)
  return answer.json<{ id: string }>().id
}
