import { randomBytes } from 'node:crypto'
import { createDeliverable } from '../atoms.ts'
import { createPlace } from '../consumer-scene.ts'
import { createReleaseOf } from '../pack-data.ts'
import { createAccount } from '../people.ts'
import type { TestApp } from '../test-app.ts'
import { createScript } from './platform-caller.ts'

export const unique = (what: string) => `${what} ${randomBytes(4).toString('hex')}`

/** A publisher and an account it manages, each with a script of an administrator's. */
export async function createPair(test: TestApp) {
  const publisherId = await createAccount(test)
  const managedId = await createAccount(test, { primaryAccountId: publisherId })
  return {
    publisher: await createScript(test, { accountId: publisherId }),
    managed: await createScript(test, { accountId: managedId }),
  }
}
export type Pair = Awaited<ReturnType<typeof createPair>>

/** A process with packages of these versions, all of which may be shared. */
export async function createProcess(test: TestApp, { publisher }: Pair) {
  const contents = ['<process revision="1"/>', '<process revision="2"/>']
  const component = await createDeliverable(test, publisher.accountId, contents, unique('Orders to ERP'))
  await test.db.component.update({ where: { id: component.id }, data: { currentRevision: contents.length } })
  return component
}

/** A pack with one process in it, not yet released. */
export async function createPack(test: TestApp, pair: Pair, type: 'SINGLE' | 'MULTI' = 'MULTI') {
  const component = await createProcess(test, pair)
  const pack = await test.db.integrationPack.create({
    data: {
      accountId: pair.publisher.accountId,
      name: unique('Order to Cash'),
      type,
      items: { create: { componentId: component.id, pendingPackageId: component.packages[0]?.id ?? null } },
    },
  })
  return { ...pack, component }
}

/** The same, with its first version released and shared with the managed account. */
export async function createSharedPack(test: TestApp, pair: Pair, type: 'SINGLE' | 'MULTI' = 'MULTI') {
  const pack = await createPack(test, pair, type)
  const [first] = pack.component.packages
  if (!first) throw new Error('A process has packages')
  const release = await createReleaseOf(test, pack.id, { content: [first] })
  const group = await createGroup(test, pair)
  await test.db.accountGroupPack.create({ data: { groupId: group.id, packId: pack.id } })
  return { ...pack, release, group }
}

/** An account group that holds the managed account. */
export const createGroup = (test: TestApp, { publisher, managed }: Pair) =>
  test.db.accountGroup.create({
    data: {
      primaryAccountId: publisher.accountId,
      name: unique('Group'),
      accounts: { create: { accountId: managed.accountId } },
    },
  })

/** The pack installed in the managed account, through the API, and attached to an environment with an Atom. */
export async function createInstance(test: TestApp, pair: Pair) {
  const pack = await createSharedPack(test, pair)
  const installed = await pair.managed.send('POST', '/IntegrationPackInstance', {
    body: { integrationPackId: pack.id, integrationPackOverrideName: unique('Domestic') },
  })
  const { id } = installed.json<{ id: string }>()
  if (!id) throw new Error(installed.body)
  return { id, pack }
}

export async function createAttachment(test: TestApp, pair: Pair) {
  const instance = await createInstance(test, pair)
  const environment = await createPlace(test, pair.managed.accountId)
  const attached = await pair.managed.send('POST', '/IntegrationPackEnvironmentAttachment', {
    body: { integrationPackInstanceId: instance.id, environmentId: environment.id },
  })
  const { id } = attached.json<{ id: string }>()
  if (!id) throw new Error(attached.body)
  return { id, instance, environment }
}
