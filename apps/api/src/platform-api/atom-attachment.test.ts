import { expect, test } from 'vitest'
import { spreadEvents } from '../features/notices/spread-events.ts'
import { connectNode } from '../test/atoms.ts'
import { apply, createConsumer, createPlace, deployedIn } from '../test/consumer-scene.ts'
import { findViolations } from '../test/invariants.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'
import { encodeId } from './objects/conceptual-id.ts'
import { createReleaseScene, releaseBody, scheduleRelease } from '../test/release-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { goOut } from '../test/testing-period.ts'

const app = await createTestApp()
const { db } = app

/** An account with legacy deployment that has a pack installed, and an Atom that is in no environment. */
async function createLegacy() {
  const scene = await createReleaseScene(app)
  // As an Atom must be told it.
  await db.content.updateMany({ where: { sha256: '0' }, data: { sha256: '0'.repeat(64) } })
  const consumer = await createConsumer(app, scene)
  const { accountId } = consumer
  await db.account.update({ where: { id: accountId }, data: { legacyDeployment: true } })
  const script = await createScript(app, { accountId })
  const installed = await script.send('POST', '/IntegrationPackInstance', {
    body: { integrationPackId: scene.pack.id },
  })
  const { id: instanceId } = installed.json<{ id: string }>()
  const place = await createPlace(app, accountId)
  const atom = place.atoms[0]
  if (!atom) throw new Error('A place has an Atom')
  await db.atom.update({ where: { id: atom.id }, data: { environmentId: null } })
  const attach = (atomId = atom.id) =>
    script.send('POST', '/IntegrationPackAtomAttachment', {
      body: { integrationPackInstanceId: instanceId, atomId },
    })
  const query = async (object: string) =>
    (await script.send('POST', `/${object}/query`)).json<{ result: Record<string, unknown>[] }>().result
  return { scene, consumer, accountId, script, instanceId, atom, environment: place, attach, query }
}

const messageOf = (answer: { json: () => unknown }) => (answer.json() as { message: string }).message

test('D-28 a pack attached to an Atom gets releases, early applies and deliveries as in an environment', async () => {
  const legacy = await createLegacy()
  const { scene, consumer, script, instanceId, atom, attach, query } = legacy
  const node = await connectNode(app, atom.id)
  const before = await node.desired()
  const waits = node.desired(before?.revision, 20)
  const attached = await attach()
  expect(attached.statusCode, attached.body).toBe(200)
  const installationId = Buffer.from(instanceId, 'base64').toString().replace('IntegrationPackInstance', '')
  const id = encodeId(`ATTACH_IPACK_ATOM${installationId}:${atom.id}`)
  const row = { id, atomId: atom.id, integrationPackInstanceId: instanceId }
  expect(attached.json()).toEqual({ '@type': 'IntegrationPackAtomAttachment', ...row })
  expect(await query('IntegrationPackAtomAttachment')).toMatchObject([row])
  expect((await waits)?.deployments).toMatchObject([{ releaseId: scene.first.id }])

  // Pending updates: seen on the Atom's own page, applied there, with the version it counts.
  const pendingId = await scheduleRelease(scene)
  const packs = async () =>
    (await consumer.call('GET', `/atoms/${atom.id}/integration-packs`)).json<{
      isPlace: boolean
      packs: { environment: { id: string; name: string }; rows: unknown[] }
    }>()
  const seen = await packs()
  expect(seen).toMatchObject({
    isPlace: true,
    packs: {
      environment: { name: atom.name },
      rows: [{ versionNumber: 1, pendingNumber: 2, state: 'offered' }],
    },
  })
  const placeId = seen.packs.environment.id
  expect(await apply(consumer, placeId)).toMatchObject([{ kind: 'applied', toNumber: 2 }])
  expect((await node.desired())?.deployments).toMatchObject([{ releaseId: pendingId }])
  await goOut(app)
  expect(await packs()).toMatchObject({ packs: { rows: [{ versionNumber: 2, pendingNumber: null }] } })

  // What fails there is told, with the way to the Atom.
  const [failing] = (await node.desired())?.deployments ?? []
  if (!failing) throw new Error('The pack runs on the Atom')
  const about = { attachmentId: failing.attachmentId, releaseId: failing.releaseId }
  await node.report({ ...about, state: 'FAILED', cause: 'The disk of the Atom is full.' })
  await spreadEvents(app.deps, { sendsMail: false })
  const notices = await consumer.call('GET', '/notices')
  expect(notices.json<{ notices: unknown[] }>().notices).toContainEqual(
    expect.objectContaining({
      facts: expect.objectContaining({ type: 'delivery.failed' }),
      target: { kind: 'atom', atomId: atom.id },
    }),
  )

  // A release at once, as the publisher sees it.
  const released = await scene.manager.call('POST', `/integration-packs/${scene.pack.id}/releases`, {
    body: releaseBody(scene, [2, 1]),
  })
  const { id: releaseId } = released.json<{ id: string }>()
  const desired = await node.desired()
  expect(desired?.deployments).toMatchObject([{ releaseId }])
  const attachmentId = desired?.deployments[0]?.attachmentId ?? ''
  await node.report({ attachmentId, releaseId, state: 'ACTIVE' })
  const rollout = await scene.manager.call('GET', `/releases/${releaseId}/rollout`)
  expect(rollout.json()).toMatchObject({
    rows: [{ environmentName: atom.name, atomName: atom.name, state: 'active' }],
  })
  expect(await deployedIn(app, placeId)).toEqual(['Invoice sync 2.0', 'Orders to ERP 3.0'])
  expect(await findViolations(db)).toEqual([])

  expect((await script.send('DELETE', `/IntegrationPackAtomAttachment/${id}`)).json()).toBe(true)
  expect((await node.desired())?.deployments).toEqual([])
  const again = await script.send('DELETE', `/IntegrationPackAtomAttachment/${id}`)
  expect(messageOf(again)).toContain('There is no IntegrationPackAtomAttachment')
})

test('the place of an Atom is no environment to anybody', async () => {
  const { consumer, script, instanceId, atom, environment, attach, query } = await createLegacy()
  await attach()
  const place = await db.environment.findFirstOrThrow({ where: { placeOfAtomId: atom.id } })
  expect(await query('Environment')).toMatchObject([{ id: environment.id }])
  expect(await query('EnvironmentAtomAttachment')).toEqual([])
  expect(await query('IntegrationPackEnvironmentAttachment')).toEqual([])
  const listed = await consumer.call('GET', '/environments')
  expect(listed.json()).toMatchObject({
    environments: [{ id: environment.id }],
    unattachedAtoms: [{ id: atom.id }],
  })
  expect((await consumer.call('GET', `/atoms/${atom.id}`)).json()).toMatchObject({
    environmentId: null,
    environmentName: null,
    placeId: place.id,
  })
  for (const [method, path, body] of [
    ['GET', `/environments/${place.id}`, undefined],
    ['PATCH', `/environments/${place.id}`, { name: 'Mine' }],
    ['DELETE', `/environments/${place.id}`, undefined],
    ['POST', '/atoms', { name: 'Second', environmentId: place.id }],
  ] as const) {
    expect((await consumer.call(method, path, { body })).statusCode, `${method} ${path}`).toBe(404)
  }
  const asEnvironment = await script.send('POST', '/IntegrationPackEnvironmentAttachment', {
    body: { integrationPackInstanceId: instanceId, environmentId: place.id },
  })
  expect(messageOf(asEnvironment)).toContain('no such environment')
  // Its name is the Atom's, and taken by nobody.
  await consumer.call('PATCH', `/atoms/${atom.id}`, { body: { name: 'East' } })
  expect((await script.send('POST', '/Environment', { body: { name: 'East' } })).statusCode).toBe(200)
  expect(await db.environment.findUniqueOrThrow({ where: { id: place.id } })).toMatchObject({ name: 'East' })
})

test('an Atom with packs of its own stays until they are detached', async () => {
  const { consumer, accountId, script, instanceId, atom, environment, attach, query } = await createLegacy()
  await attach()
  const move = () => consumer.call('PATCH', `/atoms/${atom.id}`, { body: { environmentId: environment.id } })
  const remove = () => consumer.call('DELETE', `/atoms/${atom.id}`)
  for (const answer of [await move(), await remove()]) {
    expect(answer.statusCode, answer.body).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'atom-has-packs' })
  }
  await script.send('DELETE', `/IntegrationPackInstance/${instanceId}`)
  expect(await query('IntegrationPackAtomAttachment')).toEqual([])
  expect((await move()).json()).toMatchObject({ environmentId: environment.id, placeId: null })
  expect((await remove()).statusCode).toBe(204)
  expect(await db.environment.count({ where: { accountId, deletedAt: null } })).toBe(1)
})

test('the console attaches to Atoms and environments in one step, and shows which is which', async () => {
  const { consumer, instanceId, atom, environment } = await createLegacy()
  const path = `/installations/${Buffer.from(instanceId, 'base64').toString().replace('IntegrationPackInstance', '')}`
  const before = await consumer.call('GET', path)
  expect(before.json()).toMatchObject({
    unattached: [{ environmentId: environment.id }],
    unattachedAtoms: [{ atomId: atom.id, atomName: atom.name }],
  })
  const where = { environmentIds: [environment.id], atomIds: [atom.id] }
  const attached = await consumer.call('POST', `${path}/attachments`, { body: where })
  expect(attached.statusCode, attached.body).toBe(200)
  const { attached: rows, ...rest } = attached.json<{
    attached: { environmentName: string; isAtom: boolean }[]
  }>()
  expect(rest).toMatchObject({ unattached: [], unattachedAtoms: [] })
  expect(new Map(rows.map(({ environmentName, isAtom }) => [environmentName, isAtom]))).toEqual(
    new Map([
      [atom.name, true],
      [environment.name, false],
    ]),
  )
  expect((await consumer.call('POST', `${path}/attachments`, { body: {} })).statusCode).toBe(400)
  const twice = await consumer.call('POST', `${path}/attachments`, { body: { atomIds: [atom.id] } })
  expect(twice.json()).toMatchObject({ code: 'already-attached' })
})

test('what cannot be attached is refused with the reason', async () => {
  const { accountId, script, instanceId, atom, attach } = await createLegacy()
  const other = await createLegacy()
  const inEnvironment = (await createPlace(app, accountId)).atoms[0]?.id ?? ''
  expect(messageOf(await attach(inEnvironment))).toContain(
    'is in an environment and runs what is attached there',
  )
  expect(messageOf(await attach(other.atom.id))).toContain('There is no such Atom')
  const cloud = await db.atom.create({
    data: { accountId: other.accountId, name: 'Cloud', type: 'CLOUD', served: { create: { accountId } } },
  })
  expect(messageOf(await attach(cloud.id))).toContain('This Atom Cloud belongs to another account')
  expect((await attach()).statusCode).toBe(200)
  expect(messageOf(await attach())).toContain(`already attached to ${atom.name}`)
  const foreign = await script.send('POST', '/IntegrationPackAtomAttachment', {
    body: { integrationPackInstanceId: other.instanceId, atomId: atom.id },
  })
  expect(messageOf(foreign)).toContain('There is no IntegrationPackInstance')

  await db.account.update({ where: { id: other.accountId }, data: { legacyDeployment: false } })
  expect(messageOf(await other.attach())).toBe(
    'This account has environments, so packs are attached to them and not to Atoms. Use IntegrationPackEnvironmentAttachment.',
  )
  // What was attached before stays, and can be detached.
  await db.account.update({ where: { id: accountId }, data: { legacyDeployment: false } })
  const installationId = Buffer.from(instanceId, 'base64').toString().replace('IntegrationPackInstance', '')
  const id = encodeId(`ATTACH_IPACK_ATOM${installationId}:${atom.id}`)
  const ofOthers = await other.script.send('DELETE', `/IntegrationPackAtomAttachment/${id}`)
  expect(messageOf(ofOthers)).toContain('There is no IntegrationPackAtomAttachment')
  expect((await script.send('DELETE', `/IntegrationPackAtomAttachment/${id}`)).json()).toBe(true)
})
