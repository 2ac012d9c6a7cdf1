import type { AccountView, SupportRoleChoice } from '@packline/contract/accounts.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { createAccount, joinByGroup, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const primaryId = await createAccount(app)
const supportRole = defaultRoleTable.support.id

async function managedAccount() {
  const accountId = await createAccount(app, { primaryAccountId: primaryId, features: ['process-library'] })
  const admin = await signInAs(app, { accountId, role: 'administrator' })
  const edit = (body: object, headers = {}) => admin.call('PATCH', '/account', { body, headers })
  return { accountId, admin, edit }
}

test('everybody who works in an account sees what it is', async () => {
  const { accountId } = await managedAccount()
  const viewer = await signInAs(app, { accountId, privileges: [] })
  const view = (await viewer.call('GET', '/account')).json<AccountView>()
  expect(view).toMatchObject({
    id: accountId,
    status: 'active',
    primaryAccount: { id: primaryId },
    groupCount: 1,
    supportAccessRole: null,
    whyNotSupportAccess: null,
  })
  expect(view.features.filter(({ isOn }) => isOn)).toMatchObject([
    { name: 'process-library', label: 'Process Library', missing: [] },
  ])
  expect(view.features.every(({ gives }) => gives.length > 0)).toBe(true)
})

test('the name and the Support Access Role are changed by an administrator and audited', async () => {
  const { accountId, edit } = await managedAccount()
  const response = await edit({ name: ' Renamed ', supportAccessRoleId: supportRole })
  expect(response.json()).toMatchObject({
    name: 'Renamed',
    supportAccessRole: { id: supportRole, name: 'Support' },
    version: 2,
  })
  expect((await edit({ name: 'Renamed' })).json()).toMatchObject({ version: 2 })
  expect((await edit({ supportAccessRoleId: null })).json()).toMatchObject({
    supportAccessRole: null,
    version: 3,
  })
  const entries = await db.auditEntry.findMany({ where: { accountId, action: 'account EDIT' } })
  expect(entries).toHaveLength(2)
  expect((await edit({ name: 'Late' }, { 'if-match': '"1"' })).json()).toMatchObject({
    code: 'account-changed',
    details: { current: { name: 'Renamed' } },
  })
})

test('an account that renames itself does not find out what others are called', async () => {
  const [one, other] = [await managedAccount(), await managedAccount()]
  const { name } = await db.account.findUniqueOrThrow({ where: { id: one.accountId } })
  expect((await other.edit({ name })).statusCode).toBe(200)
})

test('roles to cap by are the default ones, the own ones and those shared through a group', async () => {
  const { accountId, admin, edit } = await managedAccount()
  const [own, shared, foreign] = await Promise.all(
    [accountId, primaryId, primaryId].map((owner, index) =>
      db.role.create({
        data: {
          accountId: owner,
          name: `Role ${index} ${accountId}`,
          privileges: ['execute'],
          parentRoleId: supportRole,
        },
      }),
    ),
  )
  const group = await db.accountGroup.create({ data: { primaryAccountId: primaryId, name: accountId } })
  await db.accountGroupAccount.create({ data: { groupId: group.id, accountId } })
  await db.accountGroupRole.create({ data: { groupId: group.id, roleId: shared?.id ?? '' } })

  const choices = (await admin.call('GET', '/account/support-access-roles')).json<SupportRoleChoice[]>()
  expect(choices.map(({ name }) => name)).toEqual([
    'Administrator',
    'Production Support',
    'Standard User',
    'Support',
    own?.name,
    shared?.name,
  ])
  expect(choices.at(-1)).toMatchObject({
    isShared: true,
    privileges: expect.arrayContaining(['licensing']) as string[],
  })
  expect((await edit({ supportAccessRoleId: shared?.id })).statusCode).toBe(200)
  for (const roleId of [foreign?.id, group.id]) {
    const refused = await edit({ supportAccessRoleId: roleId })
    expect(refused.statusCode).toBe(422)
    expect(refused.json<Problem>()).toMatchObject({
      code: 'role-unknown',
      message: 'There is no such role in this account. Choose one of the list, or no role.',
    })
  }
})

test('R-52 whoever comes through a group cannot lift what caps them', async () => {
  const { accountId, edit } = await managedAccount()
  await edit({ supportAccessRoleId: defaultRoleTable.administrator.id })
  const vendor = await signInAs(app, { accountId: primaryId, role: 'administrator' })
  await joinByGroup(app, { userId: vendor.userId, accountIds: [accountId], role: 'administrator' })
  expect((await vendor.call('PUT', '/session/account', { body: { accountId } })).statusCode).toBe(200)

  const view = (await vendor.call('GET', '/account')).json<AccountView>()
  expect(view.whyNotSupportAccess).toContain('through an account group')
  const refused = await vendor.call('PATCH', '/account', { body: { supportAccessRoleId: null } })
  expect(refused.statusCode).toBe(403)
  expect(refused.json()).toMatchObject({
    code: 'support-access-not-yours',
    message: view.whyNotSupportAccess,
  })
  expect((await vendor.call('PATCH', '/account', { body: { name: 'By the vendor' } })).statusCode).toBe(200)
})
