import { expect, test } from 'vitest'
import { createAccount, createUser, joinByGroup, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'
import { createTwoStepUser } from '../../test/two-step.ts'

const app = await createTestApp({
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: '', address: 'packline@example.test' } },
  publicUrl: 'http://packline.example.test',
})
const { db } = app
const password = 'quiet harbour at noon'
const path = '/account/two-step-requirement'

/** An account with an administrator who has two-step sign-in. */
async function createScene() {
  const primaryAccountId = await createAccount(app)
  const accountId = await createAccount(app, { primaryAccountId })
  const admin = await createTwoStepUser(app, { accountIds: [accountId], password, role: 'administrator' })
  const decide = (requiresTwoStep: boolean, headers = {}) =>
    admin.call('PUT', path, { body: { requiresTwoStep }, headers })
  return { primaryAccountId, accountId, admin, decide }
}

test('says beforehand how many have none: users and who comes through a group, but nobody without a password', async () => {
  const { primaryAccountId, accountId, admin, decide } = await createScene()
  await createUser(app, { accountIds: [accountId], password })
  const guest = await createUser(app, { accountIds: [primaryAccountId], password })
  await joinByGroup(app, { userId: guest.userId, accountIds: [accountId] })
  const vouched = await createUser(app, { accountIds: [accountId], password })
  await db.user.update({ where: { id: vouched.userId }, data: { passwordHash: null } })
  const started = await createUser(app, { accountIds: [accountId], password })
  await db.twoStepSignIn.create({ data: { userId: started.userId, key: 'waits for its first code' } })

  const counts = { peopleCount: 5, withoutCount: 3, isReaderReady: true, tellsByMail: true }
  expect((await admin.call('GET', path)).json()).toEqual({ requiresTwoStep: false, ...counts })
  expect((await decide(true)).json()).toMatchObject({ requiresTwoStep: true })
  expect((await admin.call('GET', path)).json()).toEqual({ requiresTwoStep: true, ...counts })
})

test('is in the log, and those who have none are told by mail; said again, nothing happens', async () => {
  const { accountId, admin, decide } = await createScene()
  const { email } = await createUser(app, { accountIds: [accountId], password })
  const acts = async () => {
    const entries = await db.auditEntry.findMany({
      where: { accountId, action: { startsWith: 'account TWO_STEP' } },
      orderBy: { id: 'asc' },
    })
    return entries.map(({ action, actorId, after }) => ({ action, actorId, after }))
  }
  const on = {
    action: 'account TWO_STEP REQUIRED',
    actorId: admin.userId,
    after: { requiresTwoStep: true },
  }
  await decide(true)
  await decide(true)
  expect(await acts()).toEqual([on])
  const mails = await db.mail.findMany({ where: { toAddress: { in: [email, admin.email] } } })
  expect(mails).toMatchObject([{ toAddress: email, toName: 'Test Person' }])
  expect(mails[0]?.text).toContain(`the account Account ${accountId} requires two-step sign-in`)

  expect((await decide(false)).json()).toMatchObject({ requiresTwoStep: false })
  expect((await acts()).map(({ action }) => action)).toEqual([on.action, 'account TWO_STEP NOT_REQUIRED'])
  expect(await db.mail.count({ where: { toAddress: email } })).toBe(1)
})

test('nobody requires it of others who has none: they could not come back to take it back', async () => {
  const { accountId, decide } = await createScene()
  const other = await signInAs(app, { accountId, role: 'administrator' })
  expect((await other.call('GET', path)).json()).toMatchObject({ isReaderReady: false })
  const refused = await other.call('PUT', path, { body: { requiresTwoStep: true } })
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({ code: 'two-step-not-yours' })

  expect((await decide(true)).statusCode).toBe(200)
  const shutOut = await other.call('PUT', path, { body: { requiresTwoStep: false } })
  expect(shutOut.json()).toMatchObject({ code: 'two-step-required' })
})

test('on what somebody else has changed meanwhile nothing is decided', async () => {
  const { admin, decide } = await createScene()
  const { etag } = (await admin.call('GET', '/account')).headers
  await admin.call('PATCH', '/account', { body: { name: 'Another name' } })
  const stale = await decide(true, { 'if-match': etag })
  expect(stale.statusCode).toBe(412)
  expect(stale.json()).toMatchObject({ details: { current: { requiresTwoStep: false } } })
})

test('it takes Account Administration, and a browser', async () => {
  const { accountId } = await createScene()
  const manager = await signInAs(app, { accountId, privileges: ['user-management'] })
  expect((await manager.call('PUT', path, { body: { requiresTwoStep: true } })).statusCode).toBe(403)
  const admin = await signInAs(app, { accountId, role: 'administrator' })
  const made = await admin.call('POST', '/user/tokens', {
    body: { name: 'Nightly', lifetimeDays: 7, scopes: null },
  })
  const { token } = made.json<{ token: string }>()
  const byToken = await callerOf(app.app)('PUT', path, {
    body: { requiresTwoStep: false },
    headers: { authorization: `Bearer ${token}` },
  })
  expect(byToken.json()).toMatchObject({ code: 'in-person-only' })
})
