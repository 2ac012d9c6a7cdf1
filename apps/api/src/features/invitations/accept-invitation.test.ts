import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import {
  actionsOf,
  createOffice,
  expireInvitation,
  invite,
  linkHolder,
  newAddress,
  outcomeOf,
} from '../../test/invitation-scene.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { support } = defaultRoleTable
const password = 'correct horse battery staple'
const { read, acceptNew, signIn } = linkHolder(app, password)

describe('accepting as a new person', () => {
  test('makes a user with the roles of the invitation, signed in there', async () => {
    const { accountId, admin } = await createOffice(app)
    const { email, token } = await invite(admin)
    expect((await read(token)).json()).toMatchObject({
      email,
      accountName: `Account ${accountId}`,
      invitedByName: 'Test Person',
      roles: ['Support'],
    })
    const answer = await acceptNew(token)
    expect(answer.statusCode, answer.body).toBe(204)
    const browser = callerOf(app.app, `packline=${readSessionToken(answer)}`)
    expect((await browser('GET', '/session')).json()).toMatchObject({
      user: { email, firstName: 'Ada', lastName: 'Lovelace' },
      account: { id: accountId },
    })
    expect((await signIn(email)).statusCode).toBe(200)
    expect(await actionsOf(app, accountId)).toEqual([
      'account ON_ENTRY SUCCESS',
      'account ON_ENTRY SUCCESS',
      'user ADD',
      'user INVITE',
    ])
    expect(outcomeOf(await acceptNew(token))).toBe('invitation-accepted')
    expect((await admin.call('GET', '/invitations')).json()).toMatchObject({ total: 0 })
  })

  test.each([
    [{ firstName: ' ', lastName: '' }, 422, 'name-empty'],
    [{ firstName: 'x'.repeat(101) }, 422, 'first-name-too-long'],
    [{ lastName: 'x'.repeat(101) }, 422, 'last-name-too-long'],
    [{ password: 'short' }, 422, 'password-too-short'],
    [{ password: 'x'.repeat(1_025) }, 422, 'password-too-long'],
    [{ password: 'Password1!' }, 422, 'password-too-common'],
  ])('%o is refused, and the link can still be used', async (change, status, code) => {
    const { admin } = await createOffice(app)
    const { email, token } = await invite(admin)
    const answer = await acceptNew(token, change)
    expect([answer.statusCode, outcomeOf(answer)]).toEqual([status, code])
    expect(outcomeOf(await acceptNew(token, { password: email }))).toBe('password-is-email')
    expect(await app.db.user.count({ where: { email } })).toBe(0)
    expect((await acceptNew(token)).statusCode).toBe(204)
  })

  test('by a link that expired or that nobody made says so', async () => {
    const { admin } = await createOffice(app)
    const { id, token } = await invite(admin)
    await expireInvitation(app, id)
    expect(outcomeOf(await read(token))).toBe('invitation-expired')
    expect(outcomeOf(await acceptNew(token))).toBe('invitation-expired')
    expect(outcomeOf(await acceptNew('made-up'))).toBe('invitation-unknown')
    expect(outcomeOf(await read(''))).toBe('invitation-unknown')
  })

  test('who has a user already is asked to sign in, and keeps the password', async () => {
    const { admin } = await createOffice(app)
    const { email } = await createUser(app, { accountIds: [await createAccount(app)], password })
    const { token } = await invite(admin, email)
    expect(outcomeOf(await acceptNew(token, { password: 'another long password' }))).toBe('user-exists')
    expect((await signIn(email)).statusCode).toBe(200)
    expect((await read(token)).statusCode).toBe(200)
  })

  test('twice at once makes one user', async () => {
    const { accountId, admin } = await createOffice(app)
    const { email, token } = await invite(admin)
    const { requests } = await app.db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Account" where id = ${accountId} for update`
      const both = [acceptNew(token), acceptNew(token)]
      await untilSomeoneWaitsForALock(app.db, 2)
      return { requests: both }
    })
    const outcomes = (await Promise.all(requests)).map(outcomeOf)
    expect(outcomes).toContain(204)
    expect(outcomes).toContain('user-exists')
    expect(await app.db.user.count({ where: { email } })).toBe(1)
  })

  test('leaves out roles that are gone, and says when none is left', async () => {
    const { accountId, admin } = await createOffice(app)
    const role = await app.db.role.create({ data: { accountId, name: 'Passing', privileges: [] } })
    const some = await invite(admin, newAddress(), [role.id, support.id])
    const none = await invite(admin, newAddress(), [role.id])
    await app.db.role.delete({ where: { id: role.id } })
    expect((await acceptNew(some.token)).statusCode).toBe(204)
    expect(outcomeOf(await acceptNew(none.token))).toBe('roles-gone')
    expect(await app.db.user.count({ where: { email: none.email } })).toBe(0)
  })
})

describe('accepting as the one who is signed in', () => {
  const accept = (person: { call: ReturnType<typeof callerOf> }, token: string) =>
    person.call('POST', '/invitation-links/acceptance', { body: { token } })

  test('adds the account to those they work in', async () => {
    const { accountId, admin } = await createOffice(app)
    const person = await signInAs(app, { accountId: await createAccount(app) })
    const { token } = await invite(admin, person.email.toUpperCase())
    const answer = await accept(person, token)
    expect(answer.json()).toEqual({ accountId })
    const chosen = await person.call('PUT', '/session/account', { body: { accountId } })
    expect(chosen.statusCode).toBe(200)
    expect(await actionsOf(app, accountId)).toEqual(['account ON_ENTRY SUCCESS', 'user ADD', 'user INVITE'])
    expect(outcomeOf(await accept(person, token))).toBe('invitation-accepted')
  })

  test('somebody else cannot', async () => {
    const { accountId, admin } = await createOffice(app)
    const other = await signInAs(app, { accountId: await createAccount(app) })
    const { token } = await invite(admin)
    const answer = await accept(other, token)
    expect([answer.statusCode, outcomeOf(answer)]).toEqual([403, 'for-another'])
    expect(await app.db.membership.count({ where: { userId: other.userId, accountId } })).toBe(0)
    expect(outcomeOf(await accept(other, 'made-up'))).toBe('invitation-unknown')
  })
})
