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
  type SentInvitation,
  tokenOf,
} from '../../test/invitation-scene.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const mailing = await createTestApp({
  databaseUrl: app.url,
  publicUrl: 'http://packline.test/',
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: 'Packline', address: 'packline@example.com' } },
})
const { administrator, support } = defaultRoleTable
const password = 'correct horse battery staple'
const { read, acceptNew } = linkHolder(app, password)

describe('inviting', () => {
  test('shows the link once where there is no mail server', async () => {
    const { accountId, admin } = await createOffice(app)
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
    expect(JSON.stringify(stored)).not.toContain(tokenOf(first.json<SentInvitation>()))
    expect(await actionsOf(app, accountId)).toEqual(['user INVITE'])
  })

  test('mails the link where there is one, and shows it to nobody', async () => {
    const { admin } = await createOffice(mailing)
    const email = newAddress()
    const answer = await admin.call('POST', '/invitations', { body: { email, roleIds: [support.id] } })
    expect(answer.json()).toMatchObject({ isMailed: true, link: null })
    const [mail] = await app.db.mail.findMany({ where: { toAddress: email } })
    const [, token = ''] =
      /http:\/\/packline\.test\/accept-invitation#token=([\w-]{43})\n/.exec(mail?.text ?? '') ?? []
    expect((await read(token)).statusCode).toBe(200)
  })

  test('answers the same whether or not the address has a user elsewhere', async () => {
    const { admin } = await createOffice(app)
    const other = await createUser(app, { accountIds: [await createAccount(app)], password })
    const [known, unknown] = [await invite(admin, other.email), await invite(admin)]
    const shape = ({ invitation, ...rest }: SentInvitation) => ({
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
    const { admin } = await createOffice(app)
    const body = { email: newAddress(), roleIds: [support.id], ...change }
    const answer = await admin.call('POST', '/invitations', { body })
    expect([answer.statusCode, outcomeOf(answer)]).toEqual([status, code])
  })

  test('nobody invites with more than they hold, nor sends such an invitation again', async () => {
    const { accountId, admin } = await createOffice(app)
    const limited = await signInAs(app, { accountId, privileges: ['user-management', 'execute'] })
    const body = { email: newAddress(), roleIds: [administrator.id] }
    expect(outcomeOf(await limited.call('POST', '/invitations', { body }))).toBe('privileges-not-held')
    const { id } = await invite(admin, newAddress(), [administrator.id])
    const again = await limited.call('POST', `/invitations/${id}/links`)
    expect(again.statusCode).toBe(403)
    expect(outcomeOf(again)).toBe('privileges-not-held')
  })

  test('once an address, and not who is there already', async () => {
    const { accountId, admin } = await createOffice(app)
    const user = await signInAs(app, { accountId })
    const body = { email: user.email.toUpperCase(), roleIds: [support.id] }
    expect(outcomeOf(await admin.call('POST', '/invitations', { body }))).toBe('already-user')

    const { id, email } = await invite(admin)
    const twice = { body: { email: email.toUpperCase(), roleIds: [support.id] } }
    expect(outcomeOf(await admin.call('POST', '/invitations', twice))).toBe('already-invited')
    await expireInvitation(app, id)
    expect((await admin.call('POST', '/invitations', twice)).statusCode).toBe(201)
  })

  test('two who invite the same address at once send one invitation', async () => {
    const { accountId, admin } = await createOffice(app)
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
    const { admin } = await createOffice(app)
    const first = await invite(admin)
    const second = await invite(admin)
    await expireInvitation(app, first.id)
    const { rows } = (await admin.call('GET', '/invitations')).json<{
      rows: SentInvitation['invitation'][]
    }>()
    expect(rows).toMatchObject([
      { email: second.email, isExpired: false },
      { email: first.email, isExpired: true },
    ])
    const found = await admin.call('GET', '/invitations', { query: { filter: second.email } })
    expect(found.json()).toMatchObject({ total: 1 })
    const { admin: stranger } = await createOffice(app)
    expect((await stranger.call('GET', '/invitations')).json()).toMatchObject({ total: 0 })
  })

  test('has each to be read by itself with its ETag, which is what withdrawing it compares', async () => {
    const { admin } = await createOffice(app)
    const { id, invitation } = await invite(admin)
    const path = `/invitations/${id}`
    const read = await admin.call('GET', path)
    expect(read.json()).toEqual(invitation)
    const { admin: stranger } = await createOffice(app)
    expect(outcomeOf(await stranger.call('GET', path))).toBe('invitation-not-found')

    const headers = { 'if-match': read.headers['etag'] ?? '' }
    expect(outcomeOf(await admin.call('DELETE', path, { headers }))).toBe(204)
    expect(outcomeOf(await admin.call('GET', path))).toBe('invitation-not-found')
  })

  test('sends again with a new link; the old one dies', async () => {
    const { accountId, admin } = await createOffice(app)
    const sent = await invite(admin)
    await expireInvitation(app, sent.id)
    const again = await admin.call('POST', `/invitations/${sent.id}/links`)
    expect(again.statusCode).toBe(201)
    expect(outcomeOf(await read(sent.token))).toBe('invitation-unknown')
    expect((await read(tokenOf(again.json<SentInvitation>()))).statusCode).toBe(200)
    expect(await actionsOf(app, accountId)).toEqual(['user INVITE', 'user INVITE RESEND'])
  })

  test('withdraws, once, and of the own account only', async () => {
    const { accountId, admin } = await createOffice(app)
    const { admin: stranger } = await createOffice(app)
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
    expect(await actionsOf(app, accountId)).toEqual(['user INVITE', 'user INVITE WITHDRAW'])
  })
})

test('an account does not send without end', async () => {
  const { admin } = await createOffice(app)
  const body = { email: 'nobody', roleIds: [] }
  for (let times = 0; times < 200; times++) await admin.call('POST', '/invitations', { body })
  const answer = await admin.call('POST', '/invitations', { body })
  expect([answer.statusCode, outcomeOf(answer)]).toEqual([429, 'too-many-invitations'])
  const { admin: other } = await createOffice(app)
  await invite(other)
})
