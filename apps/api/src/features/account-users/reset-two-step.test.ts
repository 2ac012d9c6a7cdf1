import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { createAccount, createUser, joinByGroup, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { createTwoStepUser, showPassword } from '../../test/two-step.ts'

const app = await createTestApp({
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: '', address: 'packline@example.test' } },
  publicUrl: 'http://packline.example.test',
})
const { db } = app
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)
const admin = await signInAs(app, { accountId, role: 'administrator' })
const pathOf = (userId: string) => `/users/${userId}/two-step-sign-in`

test('an administrator turns it off: sessions end, the user is told, the log has it', async () => {
  const { userId, email, call } = await createTwoStepUser(app, { accountIds: [accountId], password })
  expect((await admin.call('GET', `/users/${userId}`)).json()).toMatchObject({
    twoStepSince: expect.stringMatching(/Z$/),
  })
  expect((await admin.call('DELETE', pathOf(userId))).statusCode).toBe(204)

  expect((await call('GET', '/session')).statusCode).toBe(401)
  expect((await showPassword(app, { email, password })).response.statusCode).toBe(200)
  expect((await admin.call('GET', `/users/${userId}`)).json()).toMatchObject({ twoStepSince: null })
  const mail = await db.mail.findFirstOrThrow({ where: { toAddress: email } })
  expect(mail.text).toContain('Test Person has turned off two-step sign-in for your user')
  const action = 'user TWO_STEP RESET'
  const written = { actorId: admin.userId, before: { email }, after: { endedSessions: 1 } }
  const entries = () => db.auditEntry.findMany({ where: { objectId: userId, action } })
  expect(await entries()).toMatchObject([written])

  // Where it is off there is nothing to do, and nobody to tell.
  expect((await admin.call('DELETE', pathOf(userId))).statusCode).toBe(204)
  expect(await entries()).toHaveLength(1)
})

test('not for a user of another account as well, or with privileges that the administrator lacks', async () => {
  const other = await createAccount(app)
  const elsewhere = await createTwoStepUser(app, { accountIds: [accountId], password })
  const roleId = defaultRoleTable.support.id
  await db.membership.create({ data: { userId: elsewhere.userId, accountId: other, roleId } })
  const mightier = await createTwoStepUser(app, {
    accountIds: [accountId],
    password,
    role: 'administrator',
  })
  const manager = await signInAs(app, { accountId, privileges: ['user-management'] })
  for (const [call, { userId, email }] of [
    [admin.call, elsewhere],
    [manager.call, mightier],
  ] as const) {
    const refused = await call('DELETE', pathOf(userId))
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'two-step-not-turned-off' }),
    ])
    expect((await showPassword(app, { email, password })).response.statusCode).toBe(202)
  }
})

test('a group of the account’s own that lets the user into managed accounts is no other account', async () => {
  const managedId = await createAccount(app, { primaryAccountId: accountId })
  const { userId } = await createTwoStepUser(app, { accountIds: [accountId], password })
  await joinByGroup(app, { userId, accountIds: [managedId] })
  expect((await admin.call('DELETE', pathOf(userId))).statusCode).toBe(204)
})

test('not one’s own, not by somebody without User Management, and nobody of another account', async () => {
  const own = await admin.call('DELETE', pathOf(admin.userId))
  expect([own.statusCode, own.json()]).toEqual([409, expect.objectContaining({ code: 'two-step-is-own' })])

  const { userId } = await createUser(app, { accountIds: [accountId], password })
  const user = await signInAs(app, { accountId })
  expect((await user.call('DELETE', pathOf(userId))).statusCode).toBe(403)
  const stranger = await signInAs(app, { accountId: await createAccount(app), role: 'administrator' })
  expect((await stranger.call('DELETE', pathOf(userId))).statusCode).toBe(404)
})
