import type { AssignedUsers, GroupAccount, MembershipView } from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createGroupScene, type GroupScene, refusalOf } from '../../test/account-group-scene.ts'
import { countStatements, scopeOf } from '../../test/pack-data.ts'
import { createAccount } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listAddableAccounts, listGroupAccounts } from './group-accounts.views.ts'

const app = await createTestApp()
const { db } = app
let scene: GroupScene
let call: GroupScene['admin']['call']
let thousand: string[]

beforeAll(async () => {
  scene = await createGroupScene(app)
  call = scene.admin.call
  await db.$executeRaw`
    insert into "Account" (id, name, features, "primaryAccountId")
    select ${scene.primaryId} || '-' || n, 'Shop ' || lpad(n::text, 4, '0'), '{}', ${scene.primaryId}
    from generate_series(1, 1200) n`
  const rows = await db.account.findMany({
    where: { name: { startsWith: 'Shop ' }, primaryAccountId: scene.primaryId },
    orderBy: { name: 'asc' },
    take: 1_000,
  })
  thousand = rows.map(({ id }) => id)
})

const list = async (path: string, query: Record<string, string> = {}) =>
  (await call('GET', `/account-groups/${path}`, { query })).json<PageOf<GroupAccount>>()

describe('a group of a thousand accounts', () => {
  test('is filled in one request, listed by the page, searched by name and id, and emptied in one', async () => {
    const group = await scene.createGroup('Thousand')
    const accounts = `/account-groups/${group.id}`
    const added = await call('POST', `${accounts}/accounts`, { body: { accountIds: thousand } })
    expect(added.json()).toMatchObject({ added: 1_000, group: { accountCount: 1_000 } })

    const page = await list(`${group.id}/accounts`, { page: '20', pageSize: '50' })
    expect(page).toMatchObject({ total: 1_000, page: 20 })
    expect(page.rows).toHaveLength(50)
    expect(page.rows.at(-1)).toMatchObject({ name: 'Shop 1000', status: 'active' })
    expect(await list(`${group.id}/accounts`, { page: '21' })).toMatchObject({ total: 1_000, rows: [] })
    expect(await list(`${group.id}/accounts`, { search: 'shop 077' })).toMatchObject({ total: 10 })
    expect(await list(`${group.id}/accounts`, { search: `${scene.primaryId}-1000` })).toMatchObject({
      total: 1,
    })
    expect(await list(`${group.id}/accounts`, { search: '%' })).toMatchObject({ total: 0 })
    expect(await list(`${group.id}/addable-accounts`, { search: 'Shop' })).toMatchObject({ total: 200 })
    expect(await list(`${scene.all.id}/accounts`)).toMatchObject({ total: 1_202 })
    expect(await list(`${scene.all.id}/addable-accounts`)).toMatchObject({ total: 0 })

    const removed = await call('POST', `${accounts}/account-removals`, { body: { accountIds: thousand } })
    expect(removed.json()).toMatchObject({ accountCount: 0 })
    const log = await db.auditEntry.findMany({
      where: { objectId: group.id, action: { startsWith: 'as.accountgroup.account' } },
      orderBy: { at: 'asc' },
    })
    expect(log.map(({ action }) => action)).toEqual([
      'as.accountgroup.account ADD',
      'as.accountgroup.account DELETE',
    ])
    expect(log[0]?.after).toMatchObject({ group: 'Thousand', accountIds: expect.arrayContaining(thousand) })
  })

  test('costs one statement a list', async () => {
    const { db: counting, counter } = countStatements(db)
    const query = { groupId: scene.all.id, search: 'shop', page: 1, pageSize: 50 }
    await listGroupAccounts(counting, scopeOf(scene.primaryId), query)
    await listAddableAccounts(counting, scopeOf(scene.primaryId), query)
    expect(counter.statements).toBe(2)
  })
})

describe('adding and removing', () => {
  test('again is no second time; a suspended account may be in a group', async () => {
    const group = await scene.createGroup('Again')
    const [id] = scene.managed
    await db.account.update({ where: { id }, data: { status: 'suspended' } })
    const add = () => call('POST', `/account-groups/${group.id}/accounts`, { body: { accountIds: [id] } })
    expect((await add()).json()).toMatchObject({ added: 1 })
    expect((await add()).json()).toMatchObject({ added: 0, group: { accountCount: 1 } })
    expect((await list(`${group.id}/accounts`)).rows).toMatchObject([{ id, status: 'suspended' }])
    expect(
      await db.auditEntry.count({ where: { objectId: group.id, action: 'as.accountgroup.account ADD' } }),
    ).toBe(1)
    await db.account.update({ where: { id }, data: { status: 'active' } })
  })

  test('refused: the primary account, a foreign one, All Accounts, one that is not in it, too many', async () => {
    const group = await scene.createGroup('Refusals', [scene.managed[0]])
    const foreign = await createAccount(app, { primaryAccountId: await createAccount(app) })
    const ask = (groupId: string, what: 'accounts' | 'account-removals', accountIds: string[]) =>
      refusalOf(call('POST', `/account-groups/${groupId}/${what}`, { body: { accountIds } }))
    for (const id of [scene.primaryId, foreign, 'nobody']) {
      expect(await ask(group.id, 'accounts', [scene.managed[1], id])).toMatchObject({
        status: 422,
        code: 'account-not-managed',
      })
    }
    expect(await ask(group.id, 'account-removals', [scene.managed[0], scene.managed[1]])).toMatchObject({
      status: 409,
      code: 'account-not-in-group',
    })
    for (const what of ['accounts', 'account-removals'] as const) {
      expect(await ask(scene.all.id, what, [scene.managed[0]])).toMatchObject({
        status: 409,
        code: 'default-group-full',
      })
      expect(await ask(group.id, what, [])).toMatchObject({ status: 400 })
      expect(
        await ask(
          group.id,
          what,
          Array.from({ length: 1_001 }, (_, n) => `a${n}`),
        ),
      ).toMatchObject({
        status: 400,
      })
    }
    expect(await list(`${group.id}/accounts`)).toMatchObject({ total: 1 })
  })

  test('View Account Group Membership and View Account’s Assigned Users', async () => {
    const [, id] = scene.managed
    const group = await scene.createGroup('Membership', [id])
    const { userId, email } = scene.admin
    const role = await db.role.findFirstOrThrow({ where: { defaultRole: 'support' } })
    await db.accountGroupUser.create({ data: { groupId: group.id, userId, roleId: role.id } })
    const membership = await call('GET', `/account-groups/accounts/${id}/groups`)
    expect(membership.json<MembershipView>()).toMatchObject({
      account: { id, status: 'active' },
      groups: [{ name: 'All Accounts', isDefault: true }, { name: 'Membership' }],
    })
    const users = await call('GET', `/account-groups/accounts/${id}/users`)
    expect(users.json<AssignedUsers>()).toMatchObject({
      account: { id },
      users: [
        { userId, email, groups: [{ id: group.id, name: 'Membership', roles: [{ name: 'Support' }] }] },
      ],
    })
    expect((await call('GET', `/account-groups/accounts/${scene.primaryId}/groups`)).statusCode).toBe(404)
  })
})
