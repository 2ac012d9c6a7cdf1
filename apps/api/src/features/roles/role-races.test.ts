import { describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const codeOf = (body: string) => (body === '' ? undefined : (JSON.parse(body) as { code?: string }).code)

async function scene() {
  const accountId = await createAccount(app)
  const admin = await signInAs(app, { accountId, role: 'administrator' })
  const create = async (name: string) => {
    const answer = await admin.call('POST', '/roles', { body: { name, privileges: ['execute'] } })
    return answer.json<{ id: string; name: string }>()
  }
  return { accountId, admin, create }
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

describe('at once', () => {
  test('two that would close a ring together do not', async () => {
    const { accountId, admin, create } = await scene()
    const [top, middle, bottom] = [await create('Top'), await create('Middle'), await create('Bottom')]
    const inherit = (role: typeof top, parent: typeof top) =>
      admin.call('PUT', `/roles/${role.id}`, {
        body: { name: role.name, privileges: [], parentRoleId: parent.id },
      })
    expect((await inherit(middle, top)).statusCode).toBe(200)
    // Neither is the other's parent, so no foreign key makes one of them wait for the other.
    const answers = await bothAtOnce(accountId, () => [inherit(bottom, middle), inherit(top, bottom)])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect(answers.map(({ body }) => codeOf(body))).toContain('parent-is-descendant')
  })

  test('a role that is deleted is not given, and one that is given is not deleted', async () => {
    const { accountId, admin, create } = await scene()
    const role = await create('Short-lived')
    const { userId } = await signInAs(app, { accountId, role: 'support' })
    const answers = await bothAtOnce(accountId, () => [
      admin.call('DELETE', `/roles/${role.id}`),
      admin.call('PUT', `/users/${userId}/roles`, { body: { roleIds: [role.id] } }),
    ])
    const codes = answers.map(({ statusCode, body }) => (statusCode < 300 ? 'done' : codeOf(body)))
    expect([
      ['done', 'role-unknown'],
      ['role-held', 'done'],
    ]).toContainEqual(codes)
  })

  test('a role that is deleted is in no invitation', async () => {
    const { accountId, admin, create } = await scene()
    const role = await create('Short-lived')
    const answers = await bothAtOnce(accountId, () => [
      admin.call('DELETE', `/roles/${role.id}`),
      admin.call('POST', '/invitations', { body: { email: 'new@example.com', roleIds: [role.id] } }),
    ])
    const codes = answers.map(({ statusCode, body }) => (statusCode < 300 ? 'done' : codeOf(body)))
    expect([
      ['done', 'role-unknown'],
      ['role-invited', 'done'],
    ]).toContainEqual(codes)
  })
})
