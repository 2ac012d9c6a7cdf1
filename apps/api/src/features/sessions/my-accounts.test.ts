import type { PageOf } from '@packline/contract/field.ts'
import type { AccountChoice, SessionView } from '@packline/contract/session.ts'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { createAccount, createUser, joinByGroup, signInAs } from '../../test/people.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const password = 'quiet harbour at noon'

async function primaryWithShops(howMany: number) {
  const primaryId = await createAccount(app)
  const shops = Array.from({ length: howMany }, (_, index) => ({
    id: `${primaryId}-${index}`,
    name: `Shop ${String(index).padStart(4, '0')}`,
    primaryAccountId: primaryId,
  }))
  await db.account.createMany({ data: shops })
  return { primaryId, shopIds: shops.map(({ id }) => id) }
}

describe('a user with a thousand accounts through a group', async () => {
  const { primaryId, shopIds } = await primaryWithShops(1_000)
  const vendor = await signInAs(app, { accountId: primaryId, role: 'administrator' })
  const group = await joinByGroup(app, {
    userId: vendor.userId,
    accountIds: shopIds,
    role: 'production-support',
  })
  const list = async (query: Record<string, string>) =>
    (await vendor.call('GET', '/session/accounts', { query })).json<PageOf<AccountChoice>>()

  test('has a small session', async () => {
    const response = await vendor.call('GET', '/session')
    const session = response.json<SessionView>()
    expect(session).toMatchObject({ accountCount: 1_001, account: { id: primaryId, isDirect: true } })
    expect(session.accounts).toHaveLength(10)
    expect(response.body.length).toBeLessThan(4_000)
  })

  test('finds the others by name or id, page by page', async () => {
    const last = await list({ page: '6', pageSize: '200' })
    expect(last).toMatchObject({ total: 1_001, page: 6, rows: [{ name: 'Shop 0999' }] })
    expect(await list({ search: ' shop 0042' })).toMatchObject({ total: 1, rows: [{ name: 'Shop 0042' }] })
    expect(await list({ search: `${primaryId}-77` })).toMatchObject({ total: 11 })
    expect(await list({ search: '_' })).toMatchObject({ total: 0, rows: [] })
  })

  test('sees how they come to each', async () => {
    const [shopId = ''] = shopIds
    await db.account.update({
      where: { id: shopId },
      data: { supportAccessRoleId: defaultRoleTable.support.id },
    })
    expect((await list({ search: 'Shop 0000' })).rows).toEqual([
      {
        id: shopId,
        name: 'Shop 0000',
        status: 'active',
        roles: ['Production Support'],
        groups: [group.name],
        cappedBy: 'Support',
      },
    ])
    await db.membership.create({
      data: { userId: vendor.userId, accountId: shopId, roleId: defaultRoleTable.administrator.id },
    })
    expect((await list({ search: 'Shop 0000' })).rows).toMatchObject([
      { roles: ['Administrator'], groups: [], cappedBy: null },
    ])
  })

  test('finds nothing of anybody else’s', async () => {
    const other = await primaryWithShops(1)
    expect(await list({ search: other.primaryId })).toMatchObject({ total: 0 })
    const refused = await vendor.call('PUT', '/session/account', { body: { accountId: other.shopIds[0] } })
    expect(refused.statusCode).toBe(404)
  })
})

describe('D-29 the account worked in', async () => {
  const { shopIds } = await primaryWithShops(3)
  const [first = '', second = ''] = shopIds
  const user = await createUser(app, { accountIds: shopIds, password })
  const signIn = async () => {
    const response = await callerOf(app.app)('POST', '/session', { body: { email: user.email, password } })
    return {
      session: response.json<SessionView>(),
      call: callerOf(app.app, `packline=${readSessionToken(response)}`),
    }
  }

  test('is chosen at first, and remembered for the next sign-in', async () => {
    const { session, call } = await signIn()
    expect(session).toMatchObject({ account: null, accountCount: 3 })
    await call('PUT', '/session/account', { body: { accountId: first } })
    const chosen = await call('PUT', '/session/account', { body: { accountId: second } })
    expect(chosen.json<SessionView>().accounts.map(({ id }) => id)).toEqual([second, first, shopIds[2]])
    expect((await signIn()).session).toMatchObject({ account: { id: second } })
  })

  test('has to be chosen again where the last one is suspended or was taken away', async () => {
    await db.account.update({ where: { id: second }, data: { status: 'suspended' } })
    const { session, call } = await signIn()
    expect(session.account).toBeNull()
    const refused = await call('PUT', '/session/account', { body: { accountId: second } })
    expect(refused.json()).toMatchObject({ code: 'account-suspended' })
    await db.account.update({ where: { id: second }, data: { status: 'active' } })
    await db.membership.deleteMany({ where: { userId: user.userId, accountId: second } })
    expect((await signIn()).session).toMatchObject({ account: { id: first } })
  })
})
