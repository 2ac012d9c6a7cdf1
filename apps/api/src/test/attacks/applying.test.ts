import { expect, test } from 'vitest'
import { createPlace, install, packsOf } from '../consumer-scene.ts'
import { createAccount, joinByGroup, signInAs } from '../people.ts'
import { createScript } from '../platform-api/platform-caller.ts'
import { callerOf, createTestApp } from '../test-app.ts'
import { startTestingPeriod } from '../testing-period.ts'

const app = await createTestApp()
const { db } = app

type Started = Awaited<ReturnType<typeof startTestingPeriod>>

const runs = async ({ one }: Started) =>
  (await db.attachment.findMany({ where: { environmentId: one.id }, orderBy: { id: 'asc' } })).map(
    ({ releaseId }) => releaseId,
  )
const applyAs = (call: ReturnType<typeof callerOf>, { one }: Started) =>
  call('POST', `/environments/${one.id}/updates`, { body: {} })

test('4 with Read Access nothing is applied; Atom Management alone makes the difference', async () => {
  const started = await startTestingPeriod(app)
  const { accountId } = started.consumer
  const before = await runs(started)
  const viewer = await signInAs(app, { accountId, privileges: ['atom-management-read-access'] })
  expect((await applyAs(viewer.call, started)).statusCode).toBe(403)
  expect(await runs(started)).toEqual(before)

  const manager = await signInAs(app, { accountId, privileges: ['atom-management'] })
  expect((await applyAs(manager.call, started)).statusCode).toBe(200)
  expect(await runs(started)).toEqual([started.pendingId])
})

test('5 a group opens its own accounts and none beside them', async () => {
  const started = await startTestingPeriod(app)
  const publisherId = started.scene.accountId
  const besideId = await createAccount(app, { primaryAccountId: publisherId })
  const vendor = await signInAs(app, { accountId: publisherId, role: 'administrator' })
  await joinByGroup(app, { userId: vendor.userId, accountIds: [besideId] })
  const choose = (accountId: string) => vendor.call('PUT', '/session/account', { body: { accountId } })
  const before = await runs(started)
  expect((await choose(besideId)).statusCode).toBe(200)
  // From within the account that the group has, and by trying to go into the other one.
  expect((await applyAs(vendor.call, started)).statusCode).toBe(404)
  expect((await choose(started.consumer.accountId)).statusCode).toBe(404)
  expect(await runs(started)).toEqual(before)

  await joinByGroup(app, { userId: vendor.userId, accountIds: [started.consumer.accountId] })
  expect((await choose(started.consumer.accountId)).statusCode).toBe(200)
  expect((await applyAs(vendor.call, started)).statusCode).toBe(200)
})

test('6 whoever publishes the pack does nothing in an account that it does not manage any more', async () => {
  const started = await startTestingPeriod(app)
  const { accountId } = started.consumer
  const script = await createScript(app, { accountId: started.scene.accountId })
  const rename = () =>
    app.app.inject({
      method: 'POST',
      url: `/partner/api/rest/v1/${started.scene.accountId}/Environment/${started.one.id}?overrideAccount=${accountId}`,
      headers: { authorization: script.authorization },
      payload: { id: started.one.id, name: `Renamed ${Math.random()}` },
    })
  const managed = await rename()
  expect(managed.statusCode, managed.body).toBe(200)

  await db.account.update({ where: { id: accountId }, data: { primaryAccountId: await createAccount(app) } })
  const before = await packsOf(started.consumer, started.one.id)
  expect((await rename()).statusCode).toBe(403)
  expect((await applyAs(started.scene.manager.call, started)).statusCode).toBe(404)
  expect((await packsOf(started.consumer, started.one.id)).environment).toEqual(before.environment)
})

test('7 sessions and tokens from before do not keep a privilege that was taken away', async () => {
  const started = await startTestingPeriod(app)
  const { accountId } = started.consumer
  const privileges = ['atom-management', 'api-access', 'packaged-component-deployment'] as const
  const operator = await createScript(app, { accountId, privileges })
  const [, secret = ''] = Buffer.from(operator.authorization.slice(6), 'base64').toString().split(/:(.*)/s)
  const byToken: ReturnType<typeof callerOf> = (method, path, request) =>
    callerOf(app.app)(method, path, { ...request, headers: { authorization: `Bearer ${secret}` } })
  const place = await createPlace(app, accountId)
  expect((await operator.call('GET', `/environments/${place.id}`)).statusCode).toBe(200)
  expect((await byToken('GET', `/environments/${place.id}`)).statusCode).toBe(200)

  await db.role.updateMany({
    where: { accountId },
    data: { privileges: ['packaged-component-deployment', 'api-access'] },
  })
  const before = await runs(started)
  for (const call of [operator.call, byToken]) {
    const refused = await applyAs(call, started)
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'privilege-missing'])
  }
  expect(await runs(started)).toEqual(before)

  await db.role.updateMany({ where: { accountId }, data: { privileges: [...privileges] } })
  expect((await applyAs(byToken, started)).statusCode).toBe(200)
  expect(await runs(started)).toEqual([started.pendingId])
})

test('5 the pack of somebody else’s group cannot be installed by naming it', async () => {
  const started = await startTestingPeriod(app)
  const beside = await createAccount(app, { primaryAccountId: started.scene.accountId })
  const person = await signInAs(app, { accountId: beside, role: 'administrator' })
  const body = { packId: started.scene.pack.id, environmentIds: [] }
  const refused = await person.call('POST', '/installations', { body })
  const unknown = await person.call('POST', '/installations', {
    body: { ...body, packId: crypto.randomUUID() },
  })
  expect(refused.statusCode).toBe(404)
  expect({ ...refused.json(), requestId: '' }).toEqual({ ...unknown.json(), requestId: '' })

  await db.accountGroupAccount.create({
    data: { groupId: started.consumer.group.id, accountId: beside },
  })
  const allowed = { ...started.consumer, call: person.call }
  expect((await install(allowed, started.scene.pack.id)).packId).toBe(started.scene.pack.id)
})
