import type { ManagedAccountView } from '@packline/contract/accounts.ts'
import { describe, expect, test } from 'vitest'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const primaryId = await createAccount(app)
const admin = await signInAs(app, { accountId: primaryId, role: 'administrator' })

const create = async (body: object) =>
  (await admin.call('POST', '/accounts', { body })).json<ManagedAccountView>()

describe('D-20 suspending and reactivating', () => {
  const act = (accountId: string, what: 'suspend' | 'reactivate') =>
    admin.call('POST', `/accounts/${accountId}/${what}`)

  test('sessions and tokens open nothing from that moment, and everything again afterwards', async () => {
    const account = await create({ name: 'Held', status: 'trial' })
    const person = await signInAs(app, { accountId: account.id, role: 'administrator' })
    const secret = newToken()
    await db.$executeRaw`
      insert into "ApiToken" ("userId", "accountId", name, "tokenHash")
      values (${person.userId}::uuid, ${account.id}, 'script', ${hashToken(secret)})`
    const script = callerOf(app.app)
    const headers = { authorization: `Bearer ${secret}` }
    const both = () =>
      Promise.all([person.call('GET', '/environments'), script('GET', '/environments', { headers })])
    expect((await both()).map(({ statusCode }) => statusCode)).toEqual([200, 200])

    const suspended = await act(account.id, 'suspend')
    expect(suspended.json()).toMatchObject({ status: 'suspended', suspendedFrom: 'trial', version: 2 })
    for (const response of await both()) {
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({ code: 'account-suspended' })
    }
    expect((await act(account.id, 'suspend')).json()).toMatchObject({ version: 2 })
    await admin.call('PATCH', `/accounts/${account.id}`, { body: { status: 'unlimited' } })
    expect(await db.account.findUnique({ where: { id: account.id } })).toMatchObject({ status: 'suspended' })

    expect((await act(account.id, 'reactivate')).json()).toMatchObject({
      status: 'unlimited',
      suspendedFrom: null,
    })
    expect((await both()).map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await act(account.id, 'reactivate')).json()).toMatchObject({ version: 4 })
    for (const action of ['account SUSPEND', 'account REACTIVATE'])
      expect(await db.auditEntry.count({ where: { objectId: account.id, action } })).toBe(2)
  })
})

describe('only the primary account itself', async () => {
  const account = await create({ name: 'Its own', features: ['account-groups'] })
  const grandchild = await createAccount(app, { primaryAccountId: account.id })
  const ofChild = await signInAs(app, { accountId: account.id, role: 'administrator' })
  const stranger = await signInAs(app, { accountId: await createAccount(app), role: 'administrator' })

  test.each([
    ['a stranger', stranger, account.id],
    ['the account itself', ofChild, account.id],
    ['the account at its primary account', ofChild, primaryId],
    ['the primary account at its account’s account', admin, grandchild],
    ['the primary account at itself', admin, primaryId],
    ['anybody at nothing', admin, 'nobody-000000'],
  ])('%s finds nothing', async (_who, person, accountId) => {
    const answers = [
      await person.call('GET', `/accounts/${accountId}`),
      await person.call('PATCH', `/accounts/${accountId}`, { body: { name: 'Taken over' } }),
      await person.call('POST', `/accounts/${accountId}/suspend`),
      await person.call('POST', `/accounts/${accountId}/reactivate`),
    ]
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ message: 'There is no such account in this account.' })
    }
  })
})
