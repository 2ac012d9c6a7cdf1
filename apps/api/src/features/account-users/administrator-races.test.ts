import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const support = { roleIds: [defaultRoleTable.support.id] }

async function twoAdministrators() {
  const accountId = await createAccount(app)
  const [left, right] = [
    await signInAs(app, { accountId, role: 'administrator' }),
    await signInAs(app, { accountId, role: 'administrator' }),
  ]
  return { accountId, left, right }
}

/** Holds the account until both requests wait for it, so that they have both begun before either decides. */
async function bothAtOnce<T>(accountId: string, begin: () => Promise<T>[]): Promise<T[]> {
  const waiting = await app.db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "Account" where id = ${accountId} for update`
    const requests = begin()
    await untilSomeoneWaitsForALock(app.db, requests.length)
    return { requests }
  })
  return Promise.all(waiting.requests)
}

const countAdministrators = (accountId: string) =>
  app.db.membership.count({ where: { accountId, roleId: defaultRoleTable.administrator.id } })

describe('two administrators at once: one of them stays', () => {
  test('who demote each other', async () => {
    const { accountId, left, right } = await twoAdministrators()
    const answers = await bothAtOnce(accountId, () => [
      left.call('PUT', `/users/${right.userId}/roles`, { body: support }),
      right.call('PUT', `/users/${left.userId}/roles`, { body: support }),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect(await countAdministrators(accountId)).toBe(1)
  })

  test('who remove themselves', async () => {
    const { accountId, left, right } = await twoAdministrators()
    const answers = await bothAtOnce(accountId, () => [
      left.call('DELETE', `/users/${left.userId}`),
      right.call('DELETE', `/users/${right.userId}`),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect(await countAdministrators(accountId)).toBe(1)
  })

  test('one removed, while the role of the other loses User Management', async () => {
    const { accountId, left, right } = await twoAdministrators()
    const role = await app.db.role.create({
      data: { accountId, name: 'Keeper', privileges: ['user-management'] },
    })
    await app.db.membership.updateMany({ where: { userId: right.userId }, data: { roleId: role.id } })
    const answers = await bothAtOnce(accountId, () => [
      left.call('DELETE', `/users/${left.userId}`),
      left.call('PUT', `/roles/${role.id}`, { body: { name: 'Keeper', privileges: [] } }),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'last-administrator',
    })
  })
})
