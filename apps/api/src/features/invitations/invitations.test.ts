import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp, type TestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const mailing = await createTestApp({
  databaseUrl: app.url,
  publicUrl: 'http://packline.test/',
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: 'Packline', address: 'packline@example.com' } },
})
const { administrator, support } = defaultRoleTable
const password = 'correct horse battery staple'
let invited = 0
const newAddress = () => `invited-${++invited}@example.com`

type Sent = {
  invitation: { id: string; email: string; roles: { label: string }[]; isExpired: boolean }
  isMailed: boolean
  link: string | null
}

async function scene(on: TestApp = app) {
  const accountId = await createAccount(on)
  const admin = await signInAs(on, { accountId, role: 'administrator' })
  return { accountId, admin }
}
type Admin = Awaited<ReturnType<typeof scene>>['admin']

async function invite(admin: Admin, email = newAddress(), roleIds: string[] = [support.id]) {
  const answer = await admin.call('POST', '/invitations', { body: { email, roleIds } })
  expect(answer.statusCode, answer.body).toBe(201)
  const sent = answer.json<Sent>()
  return { ...sent, id: sent.invitation.id, email, token: tokenOf(sent) }
}
const tokenOf = ({ link }: Pick<Sent, 'link'>) => /#token=(.+)$/.exec(link ?? '')?.[1] ?? ''
const anonymous = callerOf(app.app)
const read = (token: string) => anonymous('POST', '/invitation-links/reading', { body: { token } })
const acceptNew = (token: string, change: Record<string, string> = {}) =>
  anonymous('POST', '/invitation-links/new-user', {
    body: { token, firstName: 'Ada', lastName: 'Lovelace', password, ...change },
  })
const expire = (id: string) =>
  app.db.invitation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } })
const outcomeOf = ({ statusCode, body }: { statusCode: number; body: string }) =>
  statusCode < 300 ? statusCode : (JSON.parse(body) as { code: string }).code
const actionsOf = async (accountId: string) =>
  (await app.db.auditEntry.findMany({ where: { accountId } })).map(({ action }) => action).toSorted()

describe('inviting', () => {
  test('shows the link once where there is no mail server', async () => {
    const { accountId, admin } = await scene()
    const email = newAddress()
    const request = {
      body: { email, roleIds: [support.id] },
      headers: { 'idempotency-key': `invite-${email}` },
    }
    const first = await admin.call('POST', '/invitations', request)
    expect(first.json()).toMatchObject({
      isMailed: false,
      link: expect.stringMatching(/^\/accept-invitation#token=[\w-]{43}$/),
      invitation: { email, roles: [{ label: 'Support' }], isExpired: false },
    })
    const again = await admin.call('POST', '/invitations', request)
    expect(again.json()).toMatchObject({ link: null, invitation: { email } })
    expect(await app.db.mail.count({ where: { toAddress: email } })).toBe(0)

    const stored = await app.db.invitation.findMany({ where: { accountId } })
    expect(stored).toHaveLength(1)
    const lifetime = Number(stored[0]?.expiresAt) - Number(stored[0]?.createdAt)
    expect(lifetime / 86_400_000).toBeCloseTo(7, 3)
    expect(JSON.stringify(stored)).not.toContain(tokenOf(first.json<Sent>()))
    expect(await actionsOf(accountId)).toEqual(['user INVITE'])
  })

  test('mails the link where there is one, and shows it to nobody', async () => {
    const { admin } = await scene(mailing)
    const email = newAddress()
    const answer = await admin.call('POST', '/invitations', { body: { email, roleIds: [support.id] } })
    expect(answer.json()).toMatchObject({ isMailed: true, link: null })
    const [mail] = await app.db.mail.findMany({ where: { toAddress: email } })
    const [, token = ''] =
      /http:\/\/packline\.test\/accept-invitation#token=([\w-]{43})\n/.exec(mail?.text ?? '') ?? []
    expect((await read(token)).statusCode).toBe(200)
  })

  test('answers the same whether or not the address has a user elsewhere', async () => {
    const { admin } = await scene()
    const other = await createUser(app, { accountIds: [await createAccount(app)], password })
    const [known, unknown] = [await invite(admin, other.email), await invite(admin)]
    const shape = ({ invitation, ...rest }: Sent) => ({
      ...rest,
      link: rest.link?.length,
      invitation: { ...invitation, id: '', email: '', createdAt: '', expiresAt: '' },
    })
    const bare = ({ id: _id, email: _email, token: _token, ...sent }: typeof known) => shape(sent)
    expect(bare(known)).toEqual(bare(unknown))
    // Nor does the link tell before it is used.
    const seen = await Promise.all([read(known.token), read(unknown.token)])
    expect(seen.map((answer) => Object.keys(answer.json<object>()))).toEqual([
      Object.keys(seen[1].json<object>()),
      Object.keys(seen[1].json<object>()),
    ])
  })

  test.each([
    [{ email: ' ' }, 422, 'email-empty'],
    [{ email: 'ada' }, 422, 'email-invalid'],
    [{ roleIds: [] }, 422, 'no-role'],
    [{ roleIds: ['00000000-0000-4000-8000-000000000000'] }, 422, 'role-unknown'],
  ])('%j is refused', async (change, status, code) => {
    const { admin } = await scene()
    const body = { email: newAddress(), roleIds: [support.id], ...change }
    const answer = await admin.call('POST', '/invitations', { body })
    expect([answer.statusCode, outcomeOf(answer)]).toEqual([status, code])
  })

  test('nobody invites with more than they hold, nor sends such an invitation again', async () => {
    const { accountId, admin } = await scene()
    const limited = await signInAs(app, { accountId, privileges: ['user-management', 'execute'] })
    const body = { email: newAddress(), roleIds: [administrator.id] }
    expect(outcomeOf(await limited.call('POST', '/invitations', { body }))).toBe('privileges-not-held')
    const { id } = await invite(admin, newAddress(), [administrator.id])
    const again = await limited.call('POST', `/invitations/${id}/links`)
    expect(again.statusCode).toBe(403)
    expect(outcomeOf(again)).toBe('privileges-not-held')
  })

  test('once an address, and not who is there already', async () => {
    const { accountId, admin } = await scene()
    const user = await signInAs(app, { accountId })
    const body = { email: user.email.toUpperCase(), roleIds: [support.id] }
    expect(outcomeOf(await admin.call('POST', '/invitations', { body }))).toBe('already-user')

    const { id, email } = await invite(admin)
    const twice = { body: { email: email.toUpperCase(), roleIds: [support.id] } }
    expect(outcomeOf(await admin.call('POST', '/invitations', twice))).toBe('already-invited')
    await expire(id)
    expect((await admin.call('POST', '/invitations', twice)).statusCode).toBe(201)
  })

  test('two who invite the same address at once send one invitation', async () => {
    const { accountId, admin } = await scene()
    const body = { email: newAddress(), roleIds: [support.id] }
    const { requests } = await app.db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Account" where id = ${accountId} for update`
      const both = [1, 2].map(() => admin.call('POST', '/invitations', { body }))
      await untilSomeoneWaitsForALock(app.db, 2)
      return { requests: both }
    })
    const answers = await Promise.all(requests)
    expect(answers.map(outcomeOf).toSorted()).toEqual([201, 'already-invited'])
  })
})

describe('the list of invitations', () => {
  test('has those nobody has accepted or withdrawn, the newest first', async () => {
    const { admin } = await scene()
    const first = await invite(admin)
    const second = await invite(admin)
    await expire(first.id)
    const { rows } = (await admin.call('GET', '/invitations')).json<{ rows: Sent['invitation'][] }>()
    expect(rows).toMatchObject([
      { email: second.email, isExpired: false },
      { email: first.email, isExpired: true },
    ])
    const found = await admin.call('GET', '/invitations', { query: { filter: second.email } })
    expect(found.json()).toMatchObject({ total: 1 })
    const { admin: stranger } = await scene()
    expect((await stranger.call('GET', '/invitations')).json()).toMatchObject({ total: 0 })
  })

  test('sends again with a new link; the old one dies', async () => {
    const { accountId, admin } = await scene()
    const sent = await invite(admin)
    await expire(sent.id)
    const again = await admin.call('POST', `/invitations/${sent.id}/links`)
    expect(again.statusCode).toBe(201)
    expect(outcomeOf(await read(sent.token))).toBe('invitation-unknown')
    expect((await read(tokenOf(again.json<Sent>()))).statusCode).toBe(200)
    expect(await actionsOf(accountId)).toEqual(['user INVITE', 'user INVITE RESEND'])
  })

  test('withdraws, once, and of the own account only', async () => {
    const { accountId, admin } = await scene()
    const { admin: stranger } = await scene()
    const { id, token } = await invite(admin)
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/links'],
    ] as const) {
      expect(outcomeOf(await stranger.call(method, `/invitations/${id}${path}`))).toBe('invitation-not-found')
    }
    expect((await admin.call('DELETE', `/invitations/${id}`)).statusCode).toBe(204)
    expect(outcomeOf(await read(token))).toBe('invitation-withdrawn')
    expect(outcomeOf(await acceptNew(token))).toBe('invitation-withdrawn')
    expect(outcomeOf(await admin.call('DELETE', `/invitations/${id}`))).toBe('invitation-not-found')
    expect(await actionsOf(accountId)).toEqual(['user INVITE', 'user INVITE WITHDRAW'])
  })
})

describe('accepting as a new person', () => {
  test('makes a user with the roles of the invitation, signed in there', async () => {
    const { accountId, admin } = await scene()
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
    expect((await anonymous('POST', '/session', { body: { email, password } })).statusCode).toBe(200)
    expect(await actionsOf(accountId)).toEqual([
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
    const { admin } = await scene()
    const { email, token } = await invite(admin)
    const answer = await acceptNew(token, change)
    expect([answer.statusCode, outcomeOf(answer)]).toEqual([status, code])
    expect(outcomeOf(await acceptNew(token, { password: email }))).toBe('password-is-email')
    expect(await app.db.user.count({ where: { email } })).toBe(0)
    expect((await acceptNew(token)).statusCode).toBe(204)
  })

  test('by a link that expired or that nobody made says so', async () => {
    const { admin } = await scene()
    const { id, token } = await invite(admin)
    await expire(id)
    expect(outcomeOf(await read(token))).toBe('invitation-expired')
    expect(outcomeOf(await acceptNew(token))).toBe('invitation-expired')
    expect(outcomeOf(await acceptNew('made-up'))).toBe('invitation-unknown')
    expect(outcomeOf(await read(''))).toBe('invitation-unknown')
  })

  test('who has a user already is asked to sign in, and keeps the password', async () => {
    const { admin } = await scene()
    const { email } = await createUser(app, { accountIds: [await createAccount(app)], password })
    const { token } = await invite(admin, email)
    expect(outcomeOf(await acceptNew(token, { password: 'another long password' }))).toBe('user-exists')
    expect((await anonymous('POST', '/session', { body: { email, password } })).statusCode).toBe(200)
    expect((await read(token)).statusCode).toBe(200)
  })

  test('twice at once makes one user', async () => {
    const { accountId, admin } = await scene()
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
    const { accountId, admin } = await scene()
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
    const { accountId, admin } = await scene()
    const person = await signInAs(app, { accountId: await createAccount(app) })
    const { token } = await invite(admin, person.email.toUpperCase())
    const answer = await accept(person, token)
    expect(answer.json()).toEqual({ accountId })
    const chosen = await person.call('PUT', '/session/account', { body: { accountId } })
    expect(chosen.statusCode).toBe(200)
    expect(await actionsOf(accountId)).toEqual(['account ON_ENTRY SUCCESS', 'user ADD', 'user INVITE'])
    expect(outcomeOf(await accept(person, token))).toBe('invitation-accepted')
  })

  test('somebody else cannot', async () => {
    const { accountId, admin } = await scene()
    const other = await signInAs(app, { accountId: await createAccount(app) })
    const { token } = await invite(admin)
    const answer = await accept(other, token)
    expect([answer.statusCode, outcomeOf(answer)]).toEqual([403, 'for-another'])
    expect(await app.db.membership.count({ where: { userId: other.userId, accountId } })).toBe(0)
    expect(outcomeOf(await accept(other, 'made-up'))).toBe('invitation-unknown')
  })
})

test('an account does not send without end', async () => {
  const { admin } = await scene()
  const body = { email: 'nobody', roleIds: [] }
  for (let times = 0; times < 200; times++) await admin.call('POST', '/invitations', { body })
  const answer = await admin.call('POST', '/invitations', { body })
  expect([answer.statusCode, outcomeOf(answer)]).toEqual([429, 'too-many-invitations'])
  const { admin: other } = await scene()
  await invite(other)
})
