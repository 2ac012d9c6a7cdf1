import { createHash } from 'node:crypto'
import { sessionView } from '@packline/contract/session.ts'
import { expect, test } from 'vitest'
import { readSessionToken } from '../../test/read-session-token.ts'
import { createAccount, createUser } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const anybody = callerOf(app.app)
const password = 'quiet harbour at noon'
const orchard = await createAccount(app)
const bluebird = await createAccount(app)

const signIn = (email: string, given = password, headers: Record<string, string> = {}) =>
  anybody('POST', '/session', { body: { email, password: given }, headers })
const storedUser = (id: string) => app.db.user.findUniqueOrThrow({ where: { id } })

test('the right password begins a session in the only account', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard], password })
  const response = await signIn(`  ${email.toUpperCase()} `)

  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({
    user: { id: userId, email, firstName: 'Test', lastName: 'Person', timeZone: null },
    account: { id: orchard },
    accounts: [{ id: orchard, roles: ['Standard User'] }],
  })
  expect(sessionView.parse(response.json()).privileges).toContain('integration-pack')
  expect(JSON.stringify(response.json())).not.toContain('argon2')

  const token = readSessionToken(response)
  const own = callerOf(app.app, `packline=${token}`)
  expect((await own('GET', '/session')).json()).toEqual(response.json())

  const entries = await app.db.auditEntry.findMany({ where: { accountId: orchard, actorId: userId } })
  expect(entries).toMatchObject([{ action: 'account ON_ENTRY SUCCESS', actorName: 'Test Person' }])
})

test('the cookie is out of reach for scripts and other sites, and the database keeps only a hash of the token', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard], password })
  const response = await signIn(email)
  const [cookie] = response.cookies
  expect(cookie).toMatchObject({
    name: 'packline',
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: 604_800,
  })

  const token = readSessionToken(response)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const [session] = await app.db.session.findMany({ where: { userId } })
  expect(Buffer.from(session?.tokenHash ?? []).toString('hex')).toBe(
    createHash('sha256').update(token).digest('hex'),
  )
})

test('signing in again in the same browser replaces its session', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard], password })
  const first = readSessionToken(await signIn(email))
  const second = readSessionToken(await signIn(email, password, { cookie: `packline=${first}` }))

  expect(second).not.toBe(first)
  expect((await callerOf(app.app, `packline=${first}`)('GET', '/session')).statusCode).toBe(401)
  expect(await app.db.session.count({ where: { userId } })).toBe(1)
})

test('a token that was planted before is not taken over', async () => {
  const { email } = await createUser(app, { accountIds: [orchard], password })
  const planted = Buffer.alloc(32, 7).toString('base64url')
  const token = readSessionToken(await signIn(email, password, { cookie: `packline=${planted}` }))
  expect(token).not.toBe(planted)
  expect((await callerOf(app.app, `packline=${planted}`)('GET', '/session')).statusCode).toBe(401)
})

test('with several accounts none is chosen until the user chooses one of theirs', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard, bluebird], password })
  const response = await signIn(email)
  expect(response.json()).toMatchObject({ account: null, privileges: [] })
  expect(sessionView.parse(response.json()).accounts).toHaveLength(2)

  const own = callerOf(app.app, `packline=${readSessionToken(response)}`)
  const stranger = await createAccount(app)
  for (const accountId of [stranger, 'no-such-account', 'a\u0000b']) {
    const refused = await own('PUT', '/session/account', { body: { accountId } })
    expect(refused.statusCode).toBe(accountId.includes('\u0000') ? 400 : 404)
    expect((await own('GET', '/session')).json()).toMatchObject({ account: null })
  }

  const chosen = await own('PUT', '/session/account', { body: { accountId: bluebird } })
  expect(chosen.statusCode).toBe(200)
  expect(chosen.json()).toMatchObject({ account: { id: bluebird } })
  expect((await own('GET', '/session')).json()).toEqual(chosen.json())
  const entries = await app.db.auditEntry.findMany({ where: { actorId: userId } })
  expect(entries).toMatchObject([{ accountId: bluebird, action: 'account ON_ENTRY SUCCESS' }])
})

test('a deleted account is neither offered nor entered', async () => {
  const gone = await createAccount(app)
  const { email } = await createUser(app, { accountIds: [orchard, gone], password })
  await app.db.account.update({ where: { id: gone }, data: { status: 'deleted' } })
  const response = await signIn(email)
  expect(response.json()).toMatchObject({ account: { id: orchard }, accounts: [{ id: orchard }] })
})

test('an unknown user, a wrong password and a locked user get the same answer', async () => {
  const { email } = await createUser(app, { accountIds: [orchard], password })
  const answers = [await signIn('nobody@example.test'), await signIn(email, 'wrong password')]
  for (let count = 2; count <= 6; count++) await signIn(email, 'wrong password')
  answers.push(await signIn(email))

  for (const response of answers) {
    expect(response.statusCode).toBe(401)
    expect(response.headers['set-cookie']).toBeUndefined()
    expect({ ...response.json(), requestId: '' }).toEqual({
      code: 'sign-in-refused',
      message:
        'The e-mail address or the password is not right. After 6 bad sign-ins a user is locked for 15 minutes.',
      requestId: '',
    })
  }
})

test.each([
  ['an unknown user', () => Promise.resolve('nobody@example.test')],
  ['a known user', async () => (await createUser(app, { accountIds: [orchard], password })).email],
])('%s is refused no sooner than after 150 ms, so that time tells nothing', async (_who, emailOf) => {
  const email = await emailOf()
  const startedAt = performance.now()
  await signIn(email, 'wrong password')
  expect(performance.now() - startedAt).toBeGreaterThan(145)
})

test('whoever has no usable password hash cannot sign in', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard], password })
  await app.db.user.update({ where: { id: userId }, data: { passwordHash: 'none' } })
  for (const given of ['none', '', password]) expect((await signIn(email, given)).statusCode).toBe(401)
})

test('a hash with older parameters is replaced at sign-in', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard], password: 'another one' })
  const older =
    '$argon2id$v=19$m=8192,t=1,p=1$c2l4dGVlbiBieXRlcyEhIQ$zeDqj8p9KxUBjHbK6lKJ9hifg5+ZOUzJJmZJortk7xI'
  await app.db.user.update({ where: { id: userId }, data: { passwordHash: older } })
  expect((await signIn(email, 'older password')).statusCode).toBe(200)
  const { passwordHash } = await storedUser(userId)
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect((await signIn(email, 'older password')).statusCode).toBe(200)
})

test.each([
  ['no password', { email: 'a@example.test' }, 400],
  ['numbers', { email: 1, password: 2 }, 400],
  ['a field too many', { email: 'a@example.test', password: 'x', accountId: 'orchard' }, 400],
  ['a query instead of an address', { email: { contains: '@' }, password: 'x' }, 400],
  ['NUL in the address', { email: 'a\u0000@example.test', password: 'x' }, 401],
  ['half a surrogate pair', { email: '\ud800@example.test', password: '\udfff' }, 401],
  ['SQL', { email: "' or 1=1 --", password: "' or 1=1 --" }, 401],
])('%s is refused', async (_what, body, status) => {
  expect((await anybody('POST', '/session', { body })).statusCode).toBe(status)
})

test('the language of the browser that signs in is kept, and one that says none leaves it', async () => {
  const { email, userId } = await createUser(app, { accountIds: [orchard], password })
  const signInWith = (acceptLanguage: string) =>
    signIn(email, password, { 'accept-language': acceptLanguage })
  const locale = async () => (await storedUser(userId)).locale
  await signInWith('de-AT,de;q=0.9,en;q=0.8')
  expect(await locale()).toBe('de-AT')
  await signInWith('*')
  expect(await locale()).toBe('de-AT')
})
