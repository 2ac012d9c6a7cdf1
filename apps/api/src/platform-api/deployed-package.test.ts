import { expect, test } from 'vitest'
import { connectNode, giveToken } from '../test/atoms.ts'
import { startAtomProcess, until } from '../test/atom-processes.ts'
import { createPlace } from '../test/consumer-scene.ts'
import { untilSomeoneWaitsForALock } from '../test/lock-waits.ts'
import { createAttachment, createPair, createProcess, unique } from '../test/platform-api/contract-scene.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const pair = await createPair(app)
const { publisher } = pair

type Deployed = { deploymentId: string; version: number; packageId: string; packageVersion: string }

/** A process with two packages, and an environment with an Atom, all of the publisher's own. */
async function createScene() {
  const component = await createProcess(app, pair)
  const [one, two] = component.packages
  if (!one || !two) throw new Error('A process has two packages')
  const environment = await createPlace(app, publisher.accountId)
  const atomId = environment.atoms[0]?.id ?? ''
  return { component, one, two, environment, atomId }
}

const send = (body: object) => publisher.send('POST', '/DeployedPackage', { body })
async function deploy(body: object): Promise<Deployed> {
  const answer = await send(body)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<Deployed>()
}
const undeploy = (deploymentId: string) => publisher.send('DELETE', `/DeployedPackage/${deploymentId}`)
const messageOf = (answer: { json: () => unknown }) => (answer.json() as { message: string }).message

test('a package deployed by itself reaches the Atoms of its environment until it is undeployed', async () => {
  const { component, one, two, environment, atomId } = await createScene()
  const node = await connectNode(app, atomId)
  const before = await node.desired()
  const waits = node.desired(before?.revision, 20)
  const first = await deploy({ environmentId: environment.id, packageId: one.id, notes: 'First' })
  expect(first).toMatchObject({
    '@type': 'DeployedPackage',
    version: 1,
    packageVersion: '1.0',
    componentId: component.id,
    environmentId: environment.id,
    active: true,
    notes: 'First',
  })
  const desired = await waits
  expect(desired?.deployments).toMatchObject([
    {
      attachmentId: component.id,
      releaseId: first.deploymentId,
      sequence: 1,
      packName: '',
      installationName: component.name,
      packages: [{ packageId: one.id, version: '1.0' }],
    },
  ])
  const content = (packageId: string) =>
    node.call('downloadPackage', { path: `/packages/${packageId}/content` })
  expect((await content(one.id)).body).toBe('<process revision="1"/>')
  expect((await content(two.id)).statusCode).toBe(404)

  const second = await deploy({ environmentId: environment.id, packageId: two.id })
  expect(second.version).toBe(2)
  expect((await node.desired())?.deployments).toMatchObject([{ releaseId: second.deploymentId, sequence: 2 }])
  expect((await content(one.id)).statusCode).toBe(404)
  const former = await publisher.send('GET', `/DeployedPackage/${first.deploymentId}`)
  expect(former.json()).toMatchObject({ active: false })

  expect((await undeploy(second.deploymentId)).json()).toBe(true)
  expect((await node.desired())?.deployments).toEqual([])
  expect((await content(two.id)).statusCode).toBe(404)
  expect(messageOf(await undeploy(second.deploymentId))).toContain('has ended already')
  const where = { accountId: publisher.accountId, action: { startsWith: 'as.deployment' } }
  const entries = await db.auditEntry.findMany({ where, orderBy: { at: 'asc' } })
  expect(entries.map(({ action, objectId }) => [action, objectId])).toEqual([
    ['as.deployment ADD', first.deploymentId],
    ['as.deployment ADD', second.deploymentId],
    ['as.deployment DELETE', second.deploymentId],
  ])
})

test('how far each node is with it is kept, a failure is told, and what is over is refused', async () => {
  const { component, one, two, environment, atomId } = await createScene()
  const node = await connectNode(app, atomId)
  const first = await deploy({ environmentId: environment.id, packageId: one.id })
  const about = { attachmentId: component.id, releaseId: first.deploymentId }
  await node.report({ ...about, state: 'FAILED', cause: 'The disk of the Atom is full.' })
  const stateOf = () => db.deploymentDelivery.findMany({ where: { nodeId: node.nodeId } })
  expect(await stateOf()).toMatchObject([
    { state: 'FAILED', cause: 'The disk of the Atom is full.', attempts: 1 },
  ])
  expect((await node.report({ ...about, state: 'ACTIVE', progressBytes: 23 })).json()).toEqual({
    state: 'ACTIVE',
  })
  expect(await stateOf()).toMatchObject([{ state: 'ACTIVE', cause: null, progressBytes: 23n }])
  const events = await db.event.findMany({ where: { objectId: first.deploymentId } })
  expect(events).toMatchObject([
    { type: 'delivery.failed', packId: null, releaseId: null, data: { installationName: component.name } },
  ])
  const shown = await publisher.call('GET', `/environments/${environment.id}`)
  expect(shown.json()).toMatchObject({
    deployments: [{ componentName: component.name, version: '1.0', deliveries: [{ state: 'ACTIVE' }] }],
  })

  await deploy({ environmentId: environment.id, packageId: two.id })
  expect((await node.report({ ...about, state: 'ACTIVE' })).statusCode).toBe(409)
  const stranger = await connectNode(app, (await createPlace(app, pair.managed.accountId)).atoms[0]?.id ?? '')
  expect((await stranger.report({ ...about, state: 'ACTIVE' })).statusCode).toBe(404)
})

test('an Atom that leaves the environment has it to fetch again when it comes back', async () => {
  const { component, one, environment, atomId } = await createScene()
  const node = await connectNode(app, atomId)
  const { deploymentId } = await deploy({ environmentId: environment.id, packageId: one.id })
  await node.report({ attachmentId: component.id, releaseId: deploymentId, state: 'ACTIVE' })
  const move = (environmentId: string | null) =>
    publisher.call('PATCH', `/atoms/${atomId}`, { body: { environmentId } })
  await move(null)
  expect((await node.desired())?.deployments).toEqual([])
  await move(environment.id)
  expect((await publisher.call('GET', `/environments/${environment.id}`)).json()).toMatchObject({
    deployments: [{ deliveries: [{ state: 'WAITING' }] }],
  })
})

test('a real Atom fetches it, activates it, replaces it and removes it', async () => {
  const url = await app.app.listen({ port: 0, host: '127.0.0.1' })
  const { component, one, two, environment, atomId } = await createScene()
  const atom = await startAtomProcess(url, await giveToken(app, atomId))
  const running = () => atom.running(component.id, `${component.name.toLowerCase().replaceAll(' ', '-')}.xml`)
  await deploy({ environmentId: environment.id, packageId: one.id })
  await until('the first runs', async () => (await running()) === '<process revision="1"/>')
  const second = await deploy({ environmentId: environment.id, packageId: two.id })
  await until('the second runs', async () => (await running()) === '<process revision="2"/>')
  const isActive = { deploymentId: second.deploymentId, state: 'ACTIVE' as const }
  await until('that is known', async () => (await db.deploymentDelivery.count({ where: isActive })) === 1)
  await undeploy(second.deploymentId)
  await until('nothing runs', async () => (await running()) === undefined)
})

test('with a component alone its current revision is packaged first, by whoever may package', async () => {
  const { component, environment } = await createScene()
  const made = await deploy({ environmentId: environment.id, componentId: component.id, notes: 'At once' })
  expect(made).toMatchObject({ componentVersion: 2, version: 1 })
  const row = await db.packagedComponent.findUniqueOrThrow({ where: { id: made.packageId } })
  expect(row).toMatchObject({ componentId: component.id, shareable: false })

  const deployer = await createScript(app, {
    accountId: publisher.accountId,
    privileges: ['api-access', 'packaged-component-deployment'],
  })
  const body = { environmentId: environment.id, componentId: component.id }
  const refused = await deployer.send('POST', '/DeployedPackage', { body })
  expect(refused.statusCode).toBe(403)
  expect(messageOf(refused)).toContain('Packaged Component Management')
})

test('R-22 a deployed package is not deleted, nor its environment, and a deleted one is not deployed', async () => {
  const { one, two, environment } = await createScene()
  const { deploymentId } = await deploy({ environmentId: environment.id, packageId: one.id })
  const deletion = await publisher.send('DELETE', `/PackagedComponent/${one.id}`)
  expect(messageOf(deletion)).toContain(`it runs in the environment “${environment.name} of`)
  await db.atom.updateMany({ where: { environmentId: environment.id }, data: { environmentId: null } })
  const ofEnvironment = await publisher.send('DELETE', `/Environment/${environment.id}`)
  expect(messageOf(ofEnvironment)).toContain('Undeploy them first')

  await undeploy(deploymentId)
  expect((await publisher.send('DELETE', `/PackagedComponent/${one.id}`)).json()).toBe(true)
  const late = await send({ environmentId: environment.id, packageId: one.id })
  expect(messageOf(late)).toContain('Restore it first')
  expect((await deploy({ environmentId: environment.id, packageId: two.id })).version).toBe(2)
})

test('of two who deploy at once the second finds the first', async () => {
  const { one, two, environment } = await createScene()
  const { deploying } = await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "Environment" where id = ${environment.id}::uuid for update`
    const sent = Promise.all(
      [one, two].map(({ id }) => deploy({ environmentId: environment.id, packageId: id })),
    )
    await untilSomeoneWaitsForALock(db)
    return { deploying: sent }
  })
  expect((await deploying).map(({ version }) => version).toSorted()).toEqual([1, 2])
  expect(await db.deployment.count({ where: { environmentId: environment.id, endedAt: null } })).toBe(1)
})

test('the listener pauses as asked for and stays so', async () => {
  const { one, environment } = await createScene()
  const where = { environmentId: environment.id, packageId: one.id }
  expect(await deploy({ ...where, listenerStatus: 'PAUSED' })).toMatchObject({ listenerStatus: 'PAUSED' })
  expect(await deploy(where)).toMatchObject({ listenerStatus: 'PAUSED' })
  expect(await deploy({ ...where, listenerStatus: 'RUNNING' })).toMatchObject({ listenerStatus: 'RUNNING' })
})

test('what belongs to others, does not fit together or came with a pack is refused', async () => {
  const { component, one, environment } = await createScene()
  const other = await createScene()
  const foreign = await createPlace(app, pair.managed.accountId)
  for (const [body, why] of [
    [{ environmentId: foreign.id, packageId: one.id }, 'no such environment'],
    [{ environmentId: environment.id, packageId: crypto.randomUUID() }, 'There is no PackagedComponent'],
    [{ packageId: one.id }, 'environmentId is missing'],
    [{ environmentId: environment.id }, 'componentId is missing'],
    [
      { environmentId: environment.id, packageId: one.id, componentId: other.component.id },
      'is not one of the component',
    ],
    [{ environmentId: environment.id, packageId: one.id, notes: 'x'.repeat(5_001) }, '5,000 characters'],
  ] as const) {
    const answer = await send(body)
    expect(answer.statusCode, answer.body).toBe(400)
    expect(messageOf(answer)).toContain(why)
  }
  const answer = await pair.managed.send('POST', '/DeployedPackage', {
    body: { environmentId: foreign.id, packageId: component.packages[0]?.id },
  })
  expect(messageOf(answer)).toContain('There is no PackagedComponent')

  const { environment: attached } = await createAttachment(app, pair)
  const row = await db.deployedPackage.findFirstOrThrow({ where: { environmentId: attached.id } })
  const throughPack = await pair.managed.send('DELETE', `/DeployedPackage/${row.id}`)
  expect(messageOf(throughPack)).toContain('Detach the IntegrationPackInstance')
  const { deploymentId } = await deploy({ environmentId: environment.id, packageId: one.id })
  const ofOthers = await pair.managed.send('DELETE', `/DeployedPackage/${deploymentId}`)
  expect(messageOf(ofOthers)).toContain('There is no DeployedPackage')
})

test('the packaged component tells where it runs by itself', async () => {
  const { one, environment } = await createScene()
  await deploy({ environmentId: environment.id, packageId: one.id, notes: unique('why') })
  const details = await publisher.call('GET', `/packaged-components/${one.id}`)
  expect(details.json()).toMatchObject({
    deployedTo: 1,
    deploymentTotal: 1,
    deployments: [{ environmentName: environment.name, packName: null }],
  })
})
