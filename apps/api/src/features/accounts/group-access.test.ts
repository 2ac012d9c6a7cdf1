import type { SessionView } from '@packline/contract/session.ts'
import { defaultRoleTable, privilegesOf } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { createAccount, joinByGroup, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const primaryId = await createAccount(app)

/** Somebody of the primary account who is in two groups of a managed account, each with another role. */
async function vendorIn() {
  const accountId = await createAccount(app, { primaryAccountId: primaryId })
  const vendor = await signInAs(app, { accountId: primaryId, role: 'support' })
  await joinByGroup(app, { userId: vendor.userId, accountIds: [accountId], role: 'production-support' })
  await joinByGroup(app, { userId: vendor.userId, accountIds: [accountId], role: 'standard-user' })
  const enter = async () =>
    (await vendor.call('PUT', '/session/account', { body: { accountId } })).json<SessionView>()
  const addEnvironment = () =>
    vendor.call('POST', '/environments', { body: { name: `Place ${Math.random()}` } })
  return { accountId, vendor, enter, addEnvironment }
}
const byRole = (...roles: (keyof typeof defaultRoleTable)[]) => [
  ...privilegesOf(roles.map((defaultRole) => ({ defaultRole, privileges: [] }))),
]

test('R-52 the roles of several groups unite', async () => {
  const { enter, addEnvironment } = await vendorIn()
  const session = await enter()
  expect(session.account).toMatchObject({ isDirect: false })
  expect(session.privileges.toSorted()).toEqual(byRole('production-support', 'standard-user').toSorted())
  expect(session.accounts[0]?.groups).toHaveLength(2)
  expect((await addEnvironment()).statusCode).toBe(201)
})

test('R-52 the Support Access Role caps the session, every route and every token, from the next request on', async () => {
  const { accountId, vendor, enter, addEnvironment } = await vendorIn()
  await enter()
  const owner = await signInAs(app, { accountId, role: 'administrator' })
  const cap = (supportAccessRoleId: string | null) =>
    owner.call('PATCH', '/account', { body: { supportAccessRoleId } })
  const secret = newToken()
  const role = await db.role.create({
    data: { accountId, name: 'Looks at Atoms', privileges: ['api-access', 'atom-management-read-access'] },
  })
  await db.$executeRaw`
    insert into "ApiToken" ("userId", "accountId", name, "tokenHash")
    values (${vendor.userId}::uuid, ${accountId}, 'script', ${hashToken(secret)})`
  const group = await joinByGroup(app, {
    userId: vendor.userId,
    accountIds: [accountId],
    role: 'administrator',
  })
  const byToken = (method: 'GET' | 'POST') =>
    callerOf(app.app)(method, '/environments', {
      headers: { authorization: `Bearer ${secret}` },
      ...(method === 'POST' && { body: { name: `By token ${Math.random()}` } }),
    })
  expect((await byToken('POST')).statusCode).toBe(201)

  expect((await cap(role.id)).statusCode).toBe(200)
  expect((await vendor.call('GET', '/session')).json<SessionView>().privileges.toSorted()).toEqual([
    'api-access',
    'atom-management-read-access',
  ])
  expect((await addEnvironment()).json()).toMatchObject({ code: 'privilege-missing' })
  expect((await byToken('POST')).json()).toMatchObject({ code: 'privilege-missing' })
  expect((await vendor.call('GET', '/environments')).statusCode).toBe(200)
  expect((await byToken('GET')).statusCode).toBe(200)
  expect((await owner.call('POST', '/environments', { body: { name: 'By its owner' } })).statusCode).toBe(201)

  await cap(null)
  expect((await addEnvironment()).statusCode).toBe(201)
  await db.accountGroup.delete({ where: { id: group.id } })
  expect((await byToken('GET')).json()).toMatchObject({ code: 'privilege-missing' })
})

test('D-29 direct access wins, also where a group would give more, and is not capped', async () => {
  const { accountId, vendor, enter, addEnvironment } = await vendorIn()
  await db.account.update({
    where: { id: accountId },
    data: { supportAccessRoleId: defaultRoleTable.support.id },
  })
  await db.membership.create({
    data: { userId: vendor.userId, accountId, roleId: defaultRoleTable['production-support'].id },
  })
  const session = await enter()
  expect(session.account).toMatchObject({ isDirect: true })
  expect(session.accounts[0]).toMatchObject({ roles: ['Production Support'], groups: [], cappedBy: null })
  expect(session.privileges.toSorted()).toEqual(byRole('production-support').toSorted())
  expect((await addEnvironment()).json()).toMatchObject({ code: 'privilege-missing' })
})

test('whoever leaves the last group is out with the next request, and the account is not theirs any more', async () => {
  const { accountId, vendor, enter } = await vendorIn()
  await enter()
  await db.accountGroupUser.deleteMany({ where: { userId: vendor.userId } })
  expect((await vendor.call('GET', '/environments')).json()).toMatchObject({ code: 'account-not-chosen' })
  expect((await vendor.call('GET', '/session')).json()).toMatchObject({ account: null, accountCount: 1 })
  const refused = await vendor.call('PUT', '/session/account', { body: { accountId } })
  expect(refused.json()).toMatchObject({ code: 'account-not-found' })
})
