import { expect, test } from 'vitest'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'
import { codeNow, createTwoStepUser, forgetLastCode, showPassword, wrongCode } from '../../test/two-step.ts'

const app = await createTestApp()
const { db } = app
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)
const createPerson = () => createTwoStepUser(app, { accountIds: [accountId], password })
const storedUser = (id: string) => db.user.findUniqueOrThrow({ where: { id } })

test('the right password gives no session, the code does', async () => {
  const { email, key, userId } = await createPerson()
  const { response, call } = await showPassword(app, { email, password })
  expect([response.statusCode, response.json()]).toEqual([202, { needsCode: true }])
  expect(response.cookies).toEqual([
    expect.objectContaining({ name: 'packline-sign-in', httpOnly: true, sameSite: 'Strict', maxAge: 300 }),
  ])
  expect((await call('GET', '/session')).statusCode).toBe(401)

  const signedIn = await call('POST', '/session/code', { body: { code: codeNow(key) } })
  expect(signedIn.statusCode).toBe(200)
  expect(signedIn.json()).toMatchObject({ user: { email }, account: { id: accountId } })
  const session = callerOf(app.app, `packline=${readSessionToken(signedIn)}`)
  expect((await session('GET', '/session')).statusCode).toBe(200)
  const entry = await db.auditEntry.findFirst({ where: { actorId: userId }, orderBy: { at: 'desc' } })
  expect(entry).toMatchObject({
    action: 'account ON_ENTRY SUCCESS',
    after: { signedInBy: 'password and code' },
  })

  // The ticket has gone on: it opens nothing a second time.
  await forgetLastCode(app, userId)
  const again = await call('POST', '/session/code', { body: { code: codeNow(key) } })
  expect(again.json()).toMatchObject({ code: 'sign-in-too-late' })
})

test('a code counts once, also for somebody who has seen it', async () => {
  const { email, key } = await createPerson()
  const first = await showPassword(app, { email, password })
  const second = await showPassword(app, { email, password })
  const code = codeNow(key)
  expect((await first.call('POST', '/session/code', { body: { code } })).statusCode).toBe(200)
  const replayed = await second.call('POST', '/session/code', { body: { code } })
  expect(replayed.statusCode).toBe(401)
  expect(replayed.json()).toMatchObject({ code: 'code-refused' })
})

test('of two who show the same code at the same time one comes in', async () => {
  const { email, key } = await createPerson()
  const [first, second] = await Promise.all([
    showPassword(app, { email, password }),
    showPassword(app, { email, password }),
  ])
  const body = { code: codeNow(key) }
  const answers = await Promise.all(
    [first, second].map(({ call }) => call('POST', '/session/code', { body })),
  )
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401])
})

test('a recovery code counts once, written as people write it', async () => {
  const { email, userId, recoveryCodes } = await createPerson()
  expect(new Set(recoveryCodes).size).toBe(10)
  const code = ` ${(recoveryCodes[3] ?? '').toLowerCase().replaceAll('-', ' ')}`
  const show = async () => (await showPassword(app, { email, password })).call
  expect((await (await show())('POST', '/session/code', { body: { code } })).statusCode).toBe(200)
  expect((await (await show())('POST', '/session/code', { body: { code } })).statusCode).toBe(401)
  expect(await db.recoveryCode.count({ where: { userId } })).toBe(9)
  const entry = await db.auditEntry.findFirst({ where: { actorId: userId }, orderBy: { at: 'desc' } })
  expect(entry).toMatchObject({ after: { signedInBy: 'password and recovery code' } })
})

test('wrong codes lock like bad sign-ins, and the right password in between forgives none', async () => {
  const { email, key, userId } = await createPerson()
  const words = new Set<string>()
  let { call } = await showPassword(app, { email, password })
  for (let count = 1; count <= 6; count++) {
    const refused = await call('POST', '/session/code', { body: { code: wrongCode(key) } })
    expect(refused.statusCode).toBe(401)
    words.add(refused.json<{ message: string }>().message)
    if (count < 6) call = (await showPassword(app, { email, password })).call
  }
  expect((await storedUser(userId)).lockedUntil).not.toBeNull()
  const locked = await call('POST', '/session/code', { body: { code: codeNow(key) } })
  expect(locked.statusCode).toBe(401)
  words.add(locked.json<{ message: string }>().message)
  expect([...words]).toEqual([expect.stringMatching(/^The code is not right, or was used before\./)])
  expect((await showPassword(app, { email, password })).response.statusCode).toBe(401)

  expect(await db.auditEntry.count({ where: { objectId: userId, action: 'user LOCK' } })).toBe(1)
  // Nothing was used up while it was locked.
  expect(await db.twoStepSignIn.findUnique({ where: { userId } })).toMatchObject({ lastStep: null })
})

test('a ticket ends after five minutes, with a new password, and is nobody’s without its cookie', async () => {
  const { email, key, userId, call: signedIn } = await createPerson()
  const late = await showPassword(app, { email, password })
  await db.signInTicket.updateMany({ where: { userId }, data: { expiresAt: new Date() } })
  const tooLate = await late.call('POST', '/session/code', { body: { code: codeNow(key) } })
  expect([tooLate.statusCode, tooLate.json()]).toEqual([
    401,
    expect.objectContaining({
      code: 'sign-in-too-late',
      message: 'The code has to come within 5 minutes of the password. Sign in again.',
    }),
  ])

  const waiting = await showPassword(app, { email, password })
  const change = { currentPassword: password, newPassword: 'loud station at dawn' }
  expect((await signedIn('PUT', '/user/password', { body: change })).statusCode).toBe(204)
  expect((await waiting.call('POST', '/session/code', { body: { code: codeNow(key) } })).statusCode).toBe(401)
  expect(
    (await callerOf(app.app)('POST', '/session/code', { body: { code: codeNow(key) } })).statusCode,
  ).toBe(401)
})

test('whether it is on does not show before the password is right', async () => {
  const on = await createPerson()
  const off = await createUser(app, { accountIds: [accountId], password })
  const answers = await Promise.all(
    [on.email, off.email, 'nobody@example.test'].map((email) =>
      showPassword(app, { email, password: 'a wrong one' }),
    ),
  )
  const seen = answers.map(({ response }) => {
    const { requestId: _requestId, ...body } = response.json<Record<string, unknown>>()
    return { status: response.statusCode, body, cookies: response.cookies }
  })
  expect(seen).toEqual([seen[0], seen[0], seen[0]])
  expect(seen[0]?.status).toBe(401)
})

test('a new password by a link leaves it on', async () => {
  const { email, userId, key } = await createPerson()
  const admin = await signInAs(app, { accountId, role: 'administrator' })
  const sent = await admin.call('POST', `/users/${userId}/password-resets`)
  const token = sent.json<{ link: string }>().link.split('token=')[1]
  const reset = await callerOf(app.app)('POST', '/password-resets/completion', {
    body: { token, password: 'loud station at dawn' },
  })
  expect(reset.statusCode).toBe(204)
  const { response, call } = await showPassword(app, { email, password: 'loud station at dawn' })
  expect(response.statusCode).toBe(202)
  expect((await call('POST', '/session/code', { body: { code: codeNow(key) } })).statusCode).toBe(200)
})

test('a new password by a mailed link ends one that somebody else may have set up', async () => {
  const { email, userId } = await createPerson()
  await db.user.update({ where: { id: userId }, data: { isAddressProved: false } })
  const tokenHash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('link')))
  await db.passwordReset.create({ data: { userId, tokenHash, expiresAt: new Date('2100-01-01') } })
  const reset = { token: 'link', password: 'loud station at dawn' }
  expect((await callerOf(app.app)('POST', '/password-resets/completion', { body: reset })).statusCode).toBe(
    204,
  )
  expect((await showPassword(app, { email, password: reset.password })).response.statusCode).toBe(200)
})
