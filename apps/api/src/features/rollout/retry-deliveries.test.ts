import { describe, expect, test } from 'vitest'
import { connectNode, createCustomer, createDeliveryScene } from '../../test/atoms.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { rolloutOf } from '../../test/rollout-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const cause = 'No space left on the disk.'

/** Customers whose Atoms have failed at the pack's first release, and its publisher. */
async function failedRollout(customers = 2) {
  const scene = await createDeliveryScene(app)
  const releaseId = scene.first.id
  const manager = await signInAs(app, { accountId: scene.publisherId })
  const failed = []
  for (let index = 0; index < customers; index += 1) {
    const customer = await createCustomer(app, scene)
    const node = await connectNode(app, customer.atom.id)
    const before = await node.desired()
    await node.report({ attachmentId: customer.attachment.id, releaseId, state: 'FAILED', cause })
    failed.push({ ...customer, node, revision: before?.revision })
  }
  const path = `/releases/${releaseId}/rollout/retry`
  const retry = (body: object = {}, headers: Record<string, string> = {}) =>
    manager.call('POST', path, { body, headers })
  const states = async () => (await rolloutOf(manager.call, releaseId)).rows.map(({ state }) => state)
  return { scene, releaseId, manager, failed, path, retry, states }
}

describe('Retry failed', () => {
  test('makes every failed delivery wait again; the Atoms hear of it, and it is written down', async () => {
    const { scene, releaseId, failed, retry, states } = await failedRollout()
    expect(await states()).toEqual(['failed', 'failed'])
    const answer = await retry()
    expect(answer.json()).toEqual({ retried: 2, isMoreLeft: false })
    expect(await states()).toEqual(['waiting', 'waiting'])
    for (const { node, revision } of failed) {
      expect((await node.desired(revision))?.deployments).toMatchObject([{ releaseId }])
    }
    expect(await db.delivery.findMany({ where: { releaseId } })).toMatchObject([
      { state: 'WAITING', cause: null, attempts: 1 },
      { state: 'WAITING', cause: null, attempts: 1 },
    ])
    const entries = await db.auditEntry.findMany({ where: { objectId: releaseId } })
    expect(entries).toMatchObject([
      {
        accountId: scene.publisherId,
        action: 'as.ipack.release RETRY_DELIVERIES',
        objectType: 'release',
        actorName: 'Test Person',
        after: { deliveries: 2 },
      },
    ])
  })

  test('only in the environments asked for', async () => {
    const { failed, retry, manager, releaseId } = await failedRollout()
    const [one, other] = failed
    const attachmentIds = [one?.attachment.id]
    expect((await retry({ attachmentIds })).json()).toEqual({ retried: 1, isMoreLeft: false })
    const { rows } = await rolloutOf(manager.call, releaseId, { state: 'failed' })
    expect(rows).toMatchObject([{ accountId: other?.accountId }])
    const [entry] = await db.auditEntry.findMany({ where: { objectId: releaseId } })
    expect(entry?.after).toEqual({ deliveries: 1, attachmentIds })
  })

  test('D-20 leaves suspended accounts alone: they have to wait anyway', async () => {
    const { failed, retry } = await failedRollout(1)
    await db.account.update({ where: { id: failed[0]?.accountId ?? '' }, data: { status: 'suspended' } })
    expect((await retry()).json()).toMatchObject({ code: 'nothing-failed' })
  })

  test('says so when nothing stands failed', async () => {
    const { retry } = await failedRollout()
    await retry()
    const again = await retry()
    expect(again.statusCode).toBe(409)
    expect(again.json()).toMatchObject({
      code: 'nothing-failed',
      message: 'No delivery of this release stands failed there any more. Look at the rollout again.',
    })
  })

  test('the same request again gets the same answer and does nothing twice', async () => {
    const { retry, releaseId } = await failedRollout()
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const [first, second] = [await retry({}, headers), await retry({}, headers)]
    expect(second.json()).toEqual(first.json())
    expect(second.statusCode).toBe(200)
    expect(await db.auditEntry.count({ where: { objectId: releaseId } })).toBe(1)
  })

  test('an Atom that succeeds at the same moment is not set back', async () => {
    const { failed, retry, releaseId, states } = await failedRollout(1)
    const { answer } = await db.$transaction(async (tx) => {
      await tx.delivery.updateMany({ where: { releaseId }, data: { state: 'ACTIVE', cause: null } })
      const waiting = retry()
      await untilSomeoneWaitsForALock(db)
      return { answer: waiting }
    })
    expect((await answer).json()).toMatchObject({ code: 'nothing-failed' })
    expect(await states()).toEqual(['active'])
    expect(failed).toHaveLength(1)
  })

  test.each([[{ attachmentIds: [] }], [{ attachmentIds: ['x'] }], [{ everything: true }]])(
    '%j is refused',
    async (body) => {
      const { retry } = await failedRollout(0)
      expect((await retry(body)).statusCode).toBe(400)
    },
  )

  test("nobody else's: another publisher's, a customer's, without the privilege", async () => {
    const { scene, path, failed, states } = await failedRollout(1)
    const stranger = await signInAs(app, { accountId: await createAccount(app) })
    const customer = await signInAs(app, { accountId: failed[0]?.accountId ?? '', role: 'administrator' })
    for (const person of [stranger, customer]) {
      expect((await person.call('POST', path, { body: {} })).statusCode).toBe(404)
    }
    const support = await signInAs(app, { accountId: scene.publisherId, role: 'support' })
    expect((await support.call('POST', path, { body: {} })).json()).toMatchObject({
      code: 'privilege-missing',
      message:
        'Trying failed deliveries again needs the privilege Integration Pack. Ask an administrator of this account.',
    })
    expect(await states()).toEqual(['failed'])
  })
})
