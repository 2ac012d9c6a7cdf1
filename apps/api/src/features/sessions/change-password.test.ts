import { expect, test } from 'vitest'
import { createAccount, createUser } from '../../test/people.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const password = 'quiet harbour at noon'
const newPassword = 'loud station at dawn'
const accountId = await createAccount(app)

const signIn = (email: string, given = password) =>
  callerOf(app.app)('POST', '/session', { body: { email, password: given } })

async function createSignedIn() {
  const user = await createUser(app, { accountIds: [accountId], password })
  const token = readSessionToken(await signIn(user.email))
  return { ...user, token, call: callerOf(app.app, `packline=${token}`) }
}

test('a new password ends all other sessions and gives this one a new token', async () => {
  const { email, userId, call } = await createSignedIn()
  const elsewhere = callerOf(app.app, `packline=${readSessionToken(await signIn(email))}`)

  const response = await call('PUT', '/user/password', { body: { currentPassword: password, newPassword } })
  expect(response.statusCode).toBe(204)
  expect((await elsewhere('GET', '/session')).statusCode).toBe(401)
  expect((await call('GET', '/session')).statusCode).toBe(401)
  const again = callerOf(app.app, `packline=${readSessionToken(response)}`)
  expect((await again('GET', '/session')).json()).toMatchObject({ account: { id: accountId } })

  expect((await signIn(email)).statusCode).toBe(401)
  expect((await signIn(email, newPassword)).statusCode).toBe(200)
  const entries = await app.db.auditEntry.findMany({ where: { actorId: userId, objectType: 'user' } })
  expect(entries).toMatchObject([{ action: 'user UPDATE PASSWORD', after: { endedSessions: 1 } }])
  expect(JSON.stringify(entries)).not.toMatch(/argon2|station|harbour/)
})

test.each([
  ['1234567', 'password-too-short', 'A password needs at least 8 characters.'],
  ['river '.repeat(171), 'password-too-long', 'A password has at most 1,024 characters.'],
  [
    'Password123!',
    'password-too-common',
    'This password is among those that are tried first. Choose one that nobody else would think of.',
  ],
])('%s is refused as %s', async (given, code, message) => {
  const { email, call } = await createSignedIn()
  const response = await call('PUT', '/user/password', {
    body: { currentPassword: password, newPassword: given },
  })
  expect(response.statusCode).toBe(422)
  expect(response.json()).toMatchObject({ code, message })
  expect((await signIn(email)).statusCode).toBe(200)
})

test('the e-mail address is refused', async () => {
  const { email, call } = await createSignedIn()
  const body = { currentPassword: password, newPassword: email }
  const response = await call('PUT', '/user/password', { body })
  expect(response.statusCode).toBe(422)
  expect(response.json()).toMatchObject({
    code: 'password-is-email',
    message: 'A password must not be your e-mail address.',
  })
})

test('the current password is asked for, and guessing it locks as at sign-in', async () => {
  const { email, call } = await createSignedIn()
  const guess = () => call('PUT', '/user/password', { body: { currentPassword: 'a guess', newPassword } })
  for (let count = 1; count <= 6; count++) {
    const response = await guess()
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({
      code: 'current-password-wrong',
      message: 'The current password is not right.',
    })
  }
  const locked = await call('PUT', '/user/password', { body: { currentPassword: password, newPassword } })
  expect(locked.statusCode).toBe(429)
  expect(locked.json()).toMatchObject({
    code: 'user-locked',
    message: 'The current password was wrong too often. Try again in 15 minutes.',
  })
  expect((await signIn(email)).statusCode).toBe(401)
  expect((await call('GET', '/session')).statusCode).toBe(200)
})

test('of two changes at the same time one wins and the other finds its password gone', async () => {
  const { email, call } = await createSignedIn()
  const other = callerOf(app.app, `packline=${readSessionToken(await signIn(email))}`)
  const change = (by: typeof call, to: string) =>
    by('PUT', '/user/password', { body: { currentPassword: password, newPassword: to } })
  const responses = await Promise.all([
    change(call, 'first new password'),
    change(other, 'second new password'),
  ])

  const refused = responses.filter(({ statusCode }) => statusCode !== 204)
  expect(refused).toHaveLength(1)
  expect([401, 422]).toContain(refused[0]?.statusCode)
  const winner = responses[0]?.statusCode === 204 ? 'first new password' : 'second new password'
  expect((await signIn(email, winner)).statusCode).toBe(200)
  expect((await signIn(email)).statusCode).toBe(401)
})

test('nothing that could be tried offline is kept under an idempotency key', async () => {
  const { userId, call } = await createSignedIn()
  const response = await call('PUT', '/user/password', {
    body: { currentPassword: password, newPassword },
    headers: { 'idempotency-key': 'change-my-password' },
  })
  expect(response.statusCode).toBe(204)
  expect(await app.db.idempotencyRecord.count({ where: { userId } })).toBe(0)
})
