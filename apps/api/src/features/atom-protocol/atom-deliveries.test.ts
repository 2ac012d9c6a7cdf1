import { describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import {
  connectNode,
  createCustomer,
  createDeliverable,
  createDeliveryScene,
  newCredential,
  runRelease,
  callerFor,
} from '../../test/atoms.ts'
import { createAccount } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const scene = await createDeliveryScene(app, ['<process>one</process>', '<process>two</process>'])

async function customerWithNode(type: 'ATOM' | 'MOLECULE' = 'ATOM') {
  const customer = await createCustomer(app, scene, type)
  return { ...customer, node: await connectNode(app, customer.atom.id) }
}

const stateOf = async (nodeId: string, releaseId = scene.first.id) =>
  (await db.delivery.findFirst({ where: { nodeId, releaseId } }))?.state

describe('content', () => {
  const contentPath = (packageId: string) => `/packages/${packageId}/content`

  test('comes whole or in part, with its digest', async () => {
    const { node } = await customerWithNode()
    const path = contentPath(scene.packages[0].id)
    const whole = await node.call('downloadPackage', { path })
    expect(whole.body).toBe('<process>one</process>')
    const headers = { range: 'bytes=9-', 'if-range': String(whole.headers.etag) }
    const part = await node.call('downloadPackage', {
      path,
      headers: { ...headers, 'accept-encoding': 'gzip' },
    })
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-range']).toBe('bytes 9-21/22')
    expect(part.body).toBe('one</process>')
  })

  test('only of what the Atom should run now: not of other releases, components or accounts', async () => {
    const { node, attachment } = await customerWithNode()
    const stranger = await createDeliverable(app, await createAccount(app), ['secret'])
    const ids = [scene.packages[1].id, stranger.packages[0]?.id ?? '', crypto.randomUUID()]
    const answers = await Promise.all(
      ids.map((id) => node.call('downloadPackage', { path: contentPath(id) })),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
    const texts = answers.map((answer) => answer.json<{ code: string; message: string }>())
    expect(new Set(texts.map(({ message }) => message)).size).toBe(1)

    await runRelease(app, attachment.id, scene.second.id)
    expect((await node.call('downloadPackage', { path: contentPath(scene.packages[1].id) })).statusCode).toBe(
      200,
    )
    expect((await node.call('downloadPackage', { path: contentPath(scene.packages[0].id) })).statusCode).toBe(
      404,
    )
  })
})

describe('reports', () => {
  test('of how a delivery ended are in the audit log of the account, with what was before; those on the way are not', async () => {
    const { node, attachment, atom, accountId } = await customerWithNode()
    const report = { attachmentId: attachment.id, releaseId: scene.first.id }
    await node.report({ ...report, state: 'DOWNLOADING' })
    await node.report({ ...report, state: 'FAILED', cause: 'The disk of the Atom is full.' })
    await node.report({ ...report, state: 'ACTIVE' })
    await node.report({ ...report, state: 'ACTIVE' })
    const entries = await db.auditEntry.findMany({
      where: { accountId, action: { startsWith: 'as.atom.delivery' } },
      orderBy: { action: 'desc' },
    })
    expect(entries).toMatchObject([
      {
        action: 'as.atom.delivery FAILED',
        actorKind: 'ATOM',
        actorId: atom.id,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        objectId: attachment.id,
        before: { state: 'DOWNLOADING' },
        after: { cause: 'The disk of the Atom is full.', releaseId: scene.first.id },
      },
      { action: 'as.atom.delivery ACTIVE', before: { state: 'FAILED' }, after: { state: 'ACTIVE' } },
    ])
  })

  test('D-19 from waiting over downloading and failed to active, with cause, attempts and progress', async () => {
    const { node, attachment } = await customerWithNode()
    const report = { attachmentId: attachment.id, releaseId: scene.first.id }
    expect(await stateOf(node.nodeId)).toBe('WAITING')
    await node.report({ ...report, state: 'DOWNLOADING', progressBytes: 10, totalBytes: 22 })
    await node.report({ ...report, state: 'FAILED', cause: 'The disk of the Atom is full.' })
    const where = { nodeId: node.nodeId }
    expect(await db.delivery.findMany({ where })).toMatchObject([
      {
        state: 'FAILED',
        cause: 'The disk of the Atom is full.',
        attempts: 1,
        progressBytes: 10n,
        totalBytes: 22n,
      },
    ])
    await node.report({ ...report, state: 'DOWNLOADING', progressBytes: 12 })
    const active = await node.report({ ...report, state: 'ACTIVE', progressBytes: 22 })
    expect(active.json()).toEqual({ state: 'ACTIVE' })
    expect(await db.delivery.findMany({ where })).toMatchObject([
      { state: 'ACTIVE', cause: null, attempts: 1 },
    ])

    const late = await node.report({ ...report, state: 'DOWNLOADING', progressBytes: 1 })
    expect(late.json()).toEqual({ state: 'ACTIVE' })
  })

  test('what a node ran before is superseded once it runs the next, and what it says of it refused', async () => {
    const { node, attachment } = await customerWithNode()
    await node.report({ attachmentId: attachment.id, releaseId: scene.first.id, state: 'ACTIVE' })
    await runRelease(app, attachment.id, scene.second.id)
    const late = await node.report({
      attachmentId: attachment.id,
      releaseId: scene.first.id,
      state: 'FAILED',
    })
    expect(late.statusCode).toBe(409)
    expect(late.json()).toMatchObject({ code: 'release-superseded' })
    expect(await stateOf(node.nodeId)).toBe('ACTIVE')

    await node.report({ attachmentId: attachment.id, releaseId: scene.second.id, state: 'ACTIVE' })
    expect(await stateOf(node.nodeId)).toBe('SUPERSEDED')
    expect(await stateOf(node.nodeId, scene.second.id)).toBe('ACTIVE')
  })

  test('each node of a Molecule for itself', async () => {
    const { node, atom, attachment } = await customerWithNode('MOLECULE')
    const second = await connectNode(app, atom.id, 'node 2')
    await node.report({ attachmentId: attachment.id, releaseId: scene.first.id, state: 'ACTIVE' })
    expect(await stateOf(node.nodeId)).toBe('ACTIVE')
    expect(await stateOf(second.nodeId)).toBe('WAITING')
  })

  test('of another account’s attachment, or of none: not found, and nothing is written', async () => {
    const { node } = await customerWithNode()
    const other = await customerWithNode()
    const before = await db.delivery.findMany({ where: { attachmentId: other.attachment.id } })
    for (const attachmentId of [other.attachment.id, crypto.randomUUID()]) {
      const answer = await node.report({
        attachmentId,
        releaseId: scene.first.id,
        state: 'FAILED',
        cause: 'x',
      })
      expect(answer.statusCode).toBe(404)
    }
    expect(await db.delivery.findMany({ where: { attachmentId: other.attachment.id } })).toEqual(before)
  })

  test('a report that meets an update waits for it, and is refused', async () => {
    const { node, attachment } = await customerWithNode()
    const { sent } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`
        update "Attachment" set "releaseId" = ${scene.second.id}::uuid where id = ${attachment.id}::uuid`
      const reporting = node.report({
        attachmentId: attachment.id,
        releaseId: scene.first.id,
        state: 'ACTIVE',
      })
      await untilSomeoneWaitsForALock(db)
      return { sent: reporting }
    })
    expect((await sent).statusCode).toBe(409)
    expect(await stateOf(node.nodeId)).not.toBe('ACTIVE')
  })

  test('a failed delivery that somebody wants tried again is said to be', async () => {
    const { node, attachment } = await customerWithNode()
    const report = { attachmentId: attachment.id, releaseId: scene.first.id }
    await node.report({ ...report, state: 'FAILED', cause: 'x' })
    const before = await node.desired()
    expect(before?.deployments).toMatchObject([{ retry: 0 }])
    await db.delivery.updateMany({ where: { nodeId: node.nodeId }, data: { state: 'WAITING' } })
    expect((await node.desired(before?.revision))?.deployments).toMatchObject([{ retry: 1 }])
  })
})

describe('the credential', () => {
  test('is replaced by one the node made, at once, and its replacement written down', async () => {
    const { node, atom, accountId } = await customerWithNode()
    const next = newCredential()
    expect((await node.call('rotateCredential', { body: { credential: next } })).statusCode).toBe(200)
    expect((await node.call('getDesired')).statusCode).toBe(401)
    expect((await callerFor(app, next)('getDesired', { query: { wait: '0' } })).statusCode).toBe(200)
    const where = { accountId, action: 'as.atom ROTATE_CREDENTIAL' }
    expect(await db.auditEntry.findMany({ where })).toMatchObject([{ actorKind: 'ATOM', objectId: atom.id }])
    const kept = await db.atomNode.findMany({ where: { atomId: atom.id } })
    expect(JSON.stringify(kept)).not.toContain(next)
  })

  test('that is revoked ends a waiting poll too', async () => {
    const { node, atom } = await customerWithNode()
    const revision = (await node.desired())?.revision
    const waits = node.call('getDesired', { query: { after: revision ?? '', wait: '20' } })
    await db.$executeRaw`
      with gone as (delete from "AtomNode" where id = ${node.nodeId}::uuid)
      select pg_notify('packline_desired', ${atom.id})`
    expect((await waits).statusCode).toBe(401)
  })

  test('the node was heard from, by the machine’s time, and noted at most every 20 seconds', async () => {
    const { node } = await customerWithNode()
    const lastSeen = async () =>
      (await db.atomNode.findUniqueOrThrow({ where: { id: node.nodeId } })).lastSeenAt?.getTime() ?? 0
    const first = await lastSeen()
    expect(Math.abs(Date.now() - first)).toBeLessThan(10_000)
    await node.desired()
    expect(await lastSeen()).toBe(first)
    await db.$executeRaw`update "AtomNode" set "lastSeenAt" = now() - interval '21 seconds' where id = ${node.nodeId}::uuid`
    await node.desired()
    expect(await lastSeen()).toBeGreaterThanOrEqual(first)
  })
})
