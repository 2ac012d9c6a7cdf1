import { setTimeout as wait } from 'node:timers/promises'
import { atomEndpoints } from '@packline/contract/atom-protocol.ts'
import { describe, expect, test } from 'vitest'
import {
  callerFor,
  connectNode,
  createCustomer,
  createDeliveryScene,
  giveToken,
  newCredential,
  runRelease,
} from '../../test/atoms.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const scene = await createDeliveryScene(app, ['<process>one</process>', '<process>two</process>'])

const contentPath = (packageId: string) => `/packages/${packageId}/content`

async function customerWithNode(type: 'ATOM' | 'MOLECULE' = 'ATOM') {
  const customer = await createCustomer(app, scene, type)
  return { ...customer, node: await connectNode(app, customer.atom.id) }
}

describe('who may call', () => {
  const names = Object.keys(atomEndpoints) as (keyof typeof atomEndpoints)[]

  test.each(names.filter((name) => name !== 'register'))('%s needs a credential', async (name) => {
    const customer = await createCustomer(app, scene)
    const { cookie } = await signInAs(app, { accountId: customer.accountId, role: 'administrator' })
    const path = atomEndpoints[name].path.replace(':packageId', scene.packages[0].id)
    for (const headers of [
      {},
      { cookie },
      { authorization: `Bearer ${newCredential()}` },
      { authorization: 'Bearer x' },
    ]) {
      const answer = await callerFor(app)(name, { path, headers })
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({ code: 'credential-unknown' })
    }
  })

  test('a credential opens nothing of the console', async () => {
    const { node } = await customerWithNode()
    for (const url of ['/api/v1/session', '/api/v1/integration-packs']) {
      const answer = await app.app.inject({ url, headers: { authorization: `Bearer ${node.credential}` } })
      expect(answer.statusCode).not.toBe(200)
    }
  })

  test('every route of the front says so', () => {
    const routes = app.app.guardedRoutes.filter(({ url }) => url.startsWith('/atom/'))
    expect(new Set(routes.map(({ url }) => url)).size).toBe(names.length)
    const open = routes.filter(({ access }) => access !== 'atom').map(({ url }) => url)
    expect(open).toEqual(['/atom/v1/registration'])
  })

  test('what does not keep to the contract is refused', async () => {
    const { node } = await customerWithNode()
    const report = { attachmentId: crypto.randomUUID(), releaseId: crypto.randomUUID(), state: 'ACTIVE' }
    for (const body of [
      { ...report, atomId: 'x' },
      { ...report, state: 'SUPERSEDED' },
      { state: 'ACTIVE' },
    ]) {
      expect((await node.call('report', { body })).statusCode).toBe(400)
    }
    expect((await node.call('report', { body: { ...report, cause: 'x'.repeat(20_000) } })).statusCode).toBe(
      413,
    )
    expect((await node.call('rotateCredential', { body: { credential: 'short' } })).statusCode).toBe(400)
    expect((await node.call('getDesired', { query: { wait: '3600' } })).statusCode).toBe(400)
  })
})

describe('registration', () => {
  test('a token is good for one node, once, and its use is written down', async () => {
    const { atom, accountId } = await createCustomer(app, scene)
    const body = {
      token: await giveToken(app, atom.id),
      nodeName: 'node 1',
      agentVersion: '1',
      credential: newCredential(),
    }
    const register = callerFor(app)
    const answer = await register('register', { body })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ atomId: atom.id, atomName: atom.name })

    const lostAnswer = await register('register', { body })
    expect(lostAnswer.json()).toEqual(answer.json())
    const thief = await register('register', { body: { ...body, credential: newCredential() } })
    expect(thief.statusCode).toBe(403)
    expect(thief.json()).toMatchObject({ code: 'token-unusable' })

    expect(await db.atomNode.count({ where: { atomId: atom.id } })).toBe(1)
    const entries = await db.auditEntry.findMany({ where: { accountId, action: 'as.atom REGISTER' } })
    expect(entries).toMatchObject([{ actorKind: 'ATOM', actorName: atom.name, objectId: atom.id }])
    expect(JSON.stringify(entries)).not.toContain(body.credential)
  })

  test('eight at once with one token: one node', async () => {
    const { atom } = await createCustomer(app, scene)
    const token = await giveToken(app, atom.id)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        callerFor(app)('register', {
          body: { token, nodeName: 'n', agentVersion: '1', credential: newCredential() },
        }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([
      201,
      ...Array<number>(7).fill(403),
    ])
    expect(await db.atomNode.count({ where: { atomId: atom.id } })).toBe(1)
  })

  test('one that meets a release going out waits for it, and the node gets the newer one', async () => {
    const { atom, attachment } = await createCustomer(app, scene)
    await connectNode(app, atom.id)
    const { started } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`
        update "Attachment" set "releaseId" = ${scene.second.id}::uuid where id = ${attachment.id}::uuid`
      const registering = connectNode(app, atom.id, 'node 2')
      await untilSomeoneWaitsForALock(db)
      // As the fan-out does for the nodes it knows: it must get at them while the registration waits.
      await tx.$queryRaw`select from "AtomNode" where "atomId" = ${atom.id}::uuid for key share`
      return { started: registering }
    })
    const node = await started
    expect(await db.delivery.findMany({ where: { nodeId: node.nodeId } })).toMatchObject([
      { releaseId: scene.second.id, state: 'WAITING' },
    ])
  })

  test('an unknown token and one that has ended are refused alike', async () => {
    const { atom } = await createCustomer(app, scene)
    for (const token of ['unknown', await giveToken(app, atom.id, new Date(Date.now() - 1_000))]) {
      const body = { token, nodeName: 'node', agentVersion: '1', credential: newCredential() }
      expect((await callerFor(app)('register', { body })).json()).toMatchObject({ code: 'token-unusable' })
    }
  })

  test('the only node of an Atom gives way to the next, a Molecule has several', async () => {
    const single = await customerWithNode()
    const after = (await single.node.desired())?.revision ?? ''
    const waits = single.node.call('getDesired', { query: { after, wait: '20' } })
    await wait(300)
    const next = await connectNode(app, single.atom.id, 'node 2')
    const registered = performance.now()
    expect((await waits).statusCode).toBe(401)
    expect(performance.now() - registered).toBeLessThan(10_000)
    expect(await next.desired()).toBeDefined()

    const molecule = await customerWithNode('MOLECULE')
    await connectNode(app, molecule.atom.id, 'node 2')
    expect(await molecule.node.desired()).toBeDefined()
    expect(await db.atomNode.count({ where: { atomId: molecule.atom.id } })).toBe(2)
  })
})

describe('what to run', () => {
  test('says all that is needed to fetch, verify and place it', async () => {
    const { node, attachment, accountId } = await customerWithNode()
    const desired = await node.desired()
    expect(desired).toEqual({
      revision: expect.any(String),
      heldAccountIds: [],
      deployments: [
        {
          attachmentId: attachment.id,
          accountId,
          installationName: scene.pack.name,
          packName: scene.pack.name,
          releaseId: scene.first.id,
          sequence: scene.first.sequence,
          retry: 0,
          packages: [
            {
              packageId: scene.packages[0].id,
              componentName: 'Orders to ERP',
              componentType: 'process',
              version: '1.0',
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
              size: 22,
              mediaType: 'application/xml',
              fileName: 'orders-to-erp.xml',
            },
          ],
        },
      ],
    })
    expect(await node.desired(desired?.revision)).toBeUndefined()
  })

  test('a waiting Atom hears of a change at once, and of nothing else', async () => {
    const { node, attachment } = await customerWithNode()
    const other = await customerWithNode()
    const revision = (await node.desired())?.revision
    const otherRevision = (await other.node.desired())?.revision
    let otherAnswered = false
    const otherWaits = other.node.desired(otherRevision, 1).then((answer) => {
      otherAnswered = true
      return answer
    })
    const waits = node.desired(revision, 20)
    await wait(300)
    const changed = performance.now()
    await runRelease(app, attachment.id, scene.second.id)
    expect((await waits)?.deployments).toMatchObject([{ releaseId: scene.second.id }])
    expect(performance.now() - changed).toBeLessThan(10_000)
    expect(otherAnswered).toBe(false)
    expect(await otherWaits).toBeUndefined()
  })

  test('a change between two polls is not missed', async () => {
    const { node, attachment } = await customerWithNode()
    const revision = (await node.desired())?.revision
    await runRelease(app, attachment.id, scene.second.id)
    expect((await node.desired(revision, 20))?.deployments).toMatchObject([{ releaseId: scene.second.id }])
  })

  test('an Atom that comes to an environment while it waits hears of it at once', async () => {
    const { accountId, environmentId, atom } = await createCustomer(app, scene)
    await db.atom.update({ where: { id: atom.id }, data: { environmentId: null } })
    const node = await connectNode(app, atom.id)
    const before = await node.desired()
    expect(before?.deployments).toEqual([])
    const waits = node.desired(before?.revision, 20)
    await wait(300)
    const person = await signInAs(app, { accountId, role: 'administrator' })
    const moved = await person.call('PATCH', `/atoms/${atom.id}`, { body: { environmentId } })
    expect(moved.statusCode, moved.body).toBe(200)
    const asked = performance.now()
    expect((await waits)?.deployments).toMatchObject([{ accountId }])
    expect(performance.now() - asked).toBeLessThan(10_000)
  })

  test('a detached attachment and an Atom taken out of its environment run nothing', async () => {
    const { node, attachment, atom } = await customerWithNode()
    await db.attachment.update({ where: { id: attachment.id }, data: { detachedAt: new Date() } })
    expect(await node.desired()).toMatchObject({ deployments: [] })
    await db.attachment.update({ where: { id: attachment.id }, data: { detachedAt: null } })
    await db.atom.update({ where: { id: atom.id }, data: { environmentId: null } })
    expect(await node.desired()).toMatchObject({ deployments: [] })
  })

  test('D-20 a suspended account gets nothing, keeps what runs, and catches up', async () => {
    const { node, accountId } = await customerWithNode()
    await db.account.update({ where: { id: accountId }, data: { status: 'suspended' } })
    expect(await node.desired()).toMatchObject({ deployments: [], heldAccountIds: [accountId] })
    const refused = await node.call('downloadPackage', { path: contentPath(scene.packages[0].id) })
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toMatchObject({ code: 'account-suspended' })

    await db.account.update({ where: { id: accountId }, data: { status: 'active' } })
    expect(await node.desired()).toMatchObject({ deployments: [{ accountId }], heldAccountIds: [] })
  })

  test('an Atom Cloud serves the accounts it is attached in, suspended ones apart', async () => {
    const [one, two, stranger] = [
      await createCustomer(app, scene),
      await createCustomer(app, scene),
      await createCustomer(app, scene),
    ]
    const cloud = await db.atom.create({
      data: { accountId: await createAccount(app), name: 'cloud', type: 'CLOUD' },
    })
    for (const { accountId, environmentId } of [one, two]) {
      await db.cloudAccount.create({ data: { atomId: cloud.id, accountId, environmentId } })
    }
    const node = await connectNode(app, cloud.id)
    const accounts = async () =>
      (await node.desired())?.deployments.map(({ accountId }) => accountId).toSorted()
    expect(await accounts()).toEqual([one.accountId, two.accountId].toSorted())

    const report = (attachmentId: string) =>
      node.report({ attachmentId, releaseId: scene.first.id, state: 'ACTIVE' })
    expect((await report(one.attachment.id)).statusCode).toBe(200)
    expect((await report(stranger.attachment.id)).statusCode).toBe(404)

    await db.account.update({ where: { id: one.accountId }, data: { status: 'suspended' } })
    expect(await accounts()).toEqual([two.accountId])
    expect(await node.desired()).toMatchObject({ heldAccountIds: [one.accountId] })
  })
})
