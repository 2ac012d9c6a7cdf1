import { describe, expect, test } from 'vitest'
import { createAccount } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app

const groupsOf = (primaryAccountId: string) =>
  db.accountGroup.findMany({ where: { primaryAccountId }, include: { accounts: true } })
const idsIn = async (primaryAccountId: string) =>
  (await groupsOf(primaryAccountId)).flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId))

describe('R-50 All Accounts, held by the database', () => {
  test('is there with the feature, or with the first managed account, and once', async () => {
    const withFeature = await createAccount(app, { features: ['account-groups'] })
    expect(await groupsOf(withFeature)).toMatchObject([{ name: 'All Accounts', isDefault: true }])
    const bare = await createAccount(app, { features: [] })
    expect(await groupsOf(bare)).toEqual([])
    await createAccount(app, { primaryAccountId: bare })
    await db.account.update({ where: { id: bare }, data: { features: ['account-groups'] } })
    expect(await groupsOf(bare)).toHaveLength(1)
  })

  test('holds every managed account, made one by one or a thousand at once, and not the primary itself', async () => {
    const primary = await createAccount(app)
    const one = await createAccount(app, { primaryAccountId: primary })
    expect(await idsIn(primary)).toEqual([one])
    await db.$executeRaw`
      insert into "Account" (id, name, features, "primaryAccountId")
      select ${primary} || n, 'Bulk ' || n, '{}', ${primary} from generate_series(1, 1000) n`
    expect(await idsIn(primary)).toHaveLength(1001)
    expect(await idsIn(primary)).not.toContain(primary)
  })

  test('follows an account to another primary account, which leaves the groups of the first', async () => {
    const [first, second] = [await createAccount(app), await createAccount(app)]
    const managed = await createAccount(app, { primaryAccountId: first })
    await db.accountGroup.create({
      data: { primaryAccountId: first, name: 'Retail', accounts: { create: { accountId: managed } } },
    })
    await db.account.update({ where: { id: managed }, data: { primaryAccountId: second } })
    expect(await idsIn(first)).toEqual([])
    expect(await idsIn(second)).toEqual([managed])
  })

  test('two accounts created at once are both in it', async () => {
    const primary = await createAccount(app, { features: [] })
    const both = await Promise.all([1, 2, 3, 4].map(() => createAccount(app, { primaryAccountId: primary })))
    expect((await idsIn(primary)).toSorted()).toEqual(both.toSorted())
  })

  test('nobody takes an account out of it, renames or deletes it, or makes another one of it', async () => {
    const primary = await createAccount(app)
    await createAccount(app, { primaryAccountId: primary })
    const where = { primaryAccountId: primary, isDefault: true }
    const stays = 'All Accounts stays as the system made it'
    await expect(db.accountGroupAccount.deleteMany({ where: { group: where } })).rejects.toThrow(
      'All Accounts holds every managed account',
    )
    await expect(db.accountGroup.deleteMany({ where })).rejects.toThrow(stays)
    await expect(db.accountGroup.updateMany({ where, data: { isDefault: false } })).rejects.toThrow(stays)
    await expect(db.accountGroup.updateMany({ where, data: { name: 'Some' } })).rejects.toThrow(stays)
    await expect(
      db.accountGroup.create({ data: { primaryAccountId: primary, name: 'Other', isDefault: true } }),
    ).rejects.toThrow('Unique constraint')
    expect(await idsIn(primary)).toHaveLength(1)
  })

  test('no group holds its own primary account, or one that somebody else manages', async () => {
    const primary = await createAccount(app)
    const foreign = await createAccount(app, { primaryAccountId: await createAccount(app) })
    const group = await db.accountGroup.create({ data: { primaryAccountId: primary, name: 'Mine' } })
    for (const accountId of [primary, foreign]) {
      await expect(db.accountGroupAccount.create({ data: { groupId: group.id, accountId } })).rejects.toThrow(
        'only accounts that its owner manages',
      )
    }
  })
})
