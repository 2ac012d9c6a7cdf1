import { beforeAll, describe, expect, test } from 'vitest'
import { client, passProvider, startOpenIdProvider } from '../../test/openid-provider.ts'
import { createAccount, createUser } from '../../test/people.ts'
import {
  type Browser,
  newBrowser,
  pathOf,
  publicUrl,
  redirectUri,
  signOnAt,
} from '../../test/sign-on-browser.ts'
import { callerOf, createTestApp, type TestApp } from '../../test/test-app.ts'

const password = 'river stone lantern'

const provider = startOpenIdProvider({ redirectUri, claimsAt: 'userinfo' })
const label = 'Sign in with Example'
const server = await createTestApp({ publicUrl, oidc: { issuer: await provider.issuer, ...client, label } })
const accountId = await createAccount(server)

const { navigate, leave, signOn, post, sessionOf } = signOnAt(server)

test('the sign-in page learns what the button says', async () => {
  const about = await callerOf(server.app)('GET', '/about')
  expect(about.json()).toMatchObject({ singleSignOn: { label } })
  const without = await createTestApp({ databaseUrl: server.url })
  expect((await callerOf(without.app)('GET', '/about')).json()).toMatchObject({ singleSignOn: null })
  expect((await callerOf(without.app)('GET', '/session/single-sign-on')).statusCode).toBe(404)
})

describe('somebody with a verified address of a user here', () => {
  test('is signed in, lands where they wanted to go, and the log says how', async () => {
    const { email, userId } = await createUser(server, { accountIds: [accountId], password })
    const browser = newBrowser()
    const { location, response } = await signOn(browser, email.toUpperCase(), '/integration-packs?tab=all')
    expect(location).toBe(`${publicUrl}/integration-packs?tab=all`)
    expect(response.cookies.find(({ name }) => name === '__Host-packline')).toMatchObject({
      httpOnly: true,
      secure: true,
      path: '/',
      sameSite: 'Strict',
    })
    expect((await sessionOf(browser)).json()).toMatchObject({ user: { email }, account: { id: accountId } })
    expect(await server.db.auditEntry.findMany({ where: { actorId: userId } })).toMatchObject([
      { action: 'account ON_ENTRY SUCCESS', source: 'UI', after: { signedInBy: 'single-sign-on' } },
    ])
  })

  test('whose provider puts the address into the ID token, too', async () => {
    const other = startOpenIdProvider({ redirectUri, claimsAt: 'id-token' })
    const oidc = { issuer: await other.issuer, ...client, label }
    const elsewhere = await createTestApp({ publicUrl, databaseUrl: server.url, oidc })
    const { email } = await createUser(server, { accountIds: [accountId], password })
    const browser = newBrowser()
    const back = await passProvider(await leave(browser, '/', elsewhere), email)
    await navigate(browser, pathOf(back), elsewhere)
    expect((await sessionOf(browser, elsewhere)).statusCode).toBe(200)
  })

  test('needs no second step here where the account requires one, nor do the tokens they make', async () => {
    const closedId = await createAccount(server)
    await server.db.account.update({ where: { id: closedId }, data: { requiresTwoStep: true } })
    const { email } = await createUser(server, { accountIds: [closedId], password, role: 'administrator' })
    const browser = newBrowser()
    await signOn(browser, email)
    expect((await sessionOf(browser)).json()).toMatchObject({ account: { lacksTwoStep: false } })
    const made = await post(browser, '/user/tokens', { name: 'Nightly', lifetimeDays: 7, scopes: null })
    const authorization = `Bearer ${made.json<{ token: string }>().token}`
    const account = () => callerOf(server.app)('GET', '/account', { headers: { authorization } })
    expect((await account()).statusCode).toBe(200)

    // With the password alone they are asked for it.
    const byPassword = await callerOf(server.app)('POST', '/session', { body: { email, password } })
    expect(byPassword.json()).toMatchObject({ account: { lacksTwoStep: true } })
  })

  test('ends the session this browser had before', async () => {
    const { email } = await createUser(server, { accountIds: [accountId], password })
    const browser = newBrowser()
    await signOn(browser, email)
    const former = { cookies: new Map(browser.cookies) }
    await signOn(browser, email)
    expect((await sessionOf(browser)).statusCode).toBe(200)
    expect((await sessionOf(former)).statusCode).toBe(401)
  })

  test('chooses an account first when there are several', async () => {
    const accountIds = [accountId, await createAccount(server)]
    const { email } = await createUser(server, { accountIds, password })
    const { location } = await signOn(newBrowser(), email, '/components')
    expect(location).toBe(`${publicUrl}/choose-account?returnTo=%2Fcomponents`)
  })

  test('never had a password and does not need one', async () => {
    const { email, userId } = await createUser(server, { accountIds: [accountId], password })
    await server.db.user.update({ where: { id: userId }, data: { passwordHash: null } })
    const browser = newBrowser()
    await signOn(browser, email)
    expect((await sessionOf(browser)).statusCode).toBe(200)
    const byPassword = await callerOf(server.app)('POST', '/session', { body: { email, password } })
    expect(byPassword.statusCode).toBe(401)
  })
})

describe('a user whom somebody else may have made by a link that an administrator saw', async () => {
  const unproved = async () => {
    const user = await createUser(server, { accountIds: [accountId], password })
    await server.db.user.update({ where: { id: user.userId }, data: { isAddressProved: false } })
    return user
  }
  const byPassword = (email: string) =>
    callerOf(server.app)('POST', '/session', { body: { email, password } })

  test('is its owner’s alone from their first single sign-on: password, sessions and tokens end', async () => {
    const { email, userId } = await unproved()
    const former = await byPassword(email)
    const cookie = former.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    await server.db.$executeRaw`
      insert into "ApiToken" ("userId", "accountId", name, "tokenHash")
      values (${userId}::uuid, ${accountId}, 'left behind', ${Buffer.from(userId)})`

    const browser = newBrowser()
    await signOn(browser, email)
    expect((await sessionOf(browser)).statusCode).toBe(200)
    expect((await byPassword(email)).statusCode).toBe(401)
    expect((await callerOf(server.app, cookie)('GET', '/session')).statusCode).toBe(401)
    expect(await server.db.apiToken.count({ where: { userId, revokedAt: null } })).toBe(0)
    expect(
      await server.db.auditEntry.findFirst({ where: { actorId: userId, action: 'user UPDATE PASSWORD' } }),
    ).toMatchObject({ after: { by: 'single-sign-on', endedSessions: 1, revokedTokens: 1 } })
  })

  test('somebody whose address is proved keeps the password beside single sign-on', async () => {
    const { email } = await createUser(server, { accountIds: [accountId], password })
    await signOn(newBrowser(), email)
    expect((await byPassword(email)).statusCode).toBe(200)
  })
})

describe('somebody else', () => {
  const expectRefused = (browser: Browser, location: string, problem: string) => {
    expect(location).toBe(`${publicUrl}/sign-in?problem=sign-on-${problem}&returnTo=%2Fcomponents`)
    expect(browser.cookies.has('__Host-packline')).toBe(false)
  }

  test('with an address that the provider did not verify', async () => {
    const { email, userId } = await createUser(server, { accountIds: [accountId], password })
    const unverified = `unverified-${email}`
    await server.db.user.update({ where: { id: userId }, data: { email: unverified } })
    const browser = newBrowser()
    const { location } = await signOn(browser, unverified, '/components')
    expectRefused(browser, location, 'email-unverified')
  })

  test('whom nobody invited', async () => {
    const browser = newBrowser()
    const { location } = await signOn(browser, 'stranger@elsewhere.example', '/components')
    expectRefused(browser, location, 'user-unknown')
    expect(await server.db.user.count({ where: { email: 'stranger@elsewhere.example' } })).toBe(0)
  })

  test('whose address differs by a letter that the database takes for an i', async () => {
    const { email, userId } = await createUser(server, { accountIds: [accountId], password })
    const ours = `${email.split('@')[0]}@mike.example`
    await server.db.user.update({ where: { id: userId }, data: { email: ours } })
    const browser = newBrowser()
    const { location } = await signOn(browser, ours.replace('mike', 'mİke'), '/components')
    expectRefused(browser, location, 'user-unknown')
  })

  test('who was removed from every account', async () => {
    const { email, userId } = await createUser(server, { accountIds: [accountId], password })
    await server.db.membership.deleteMany({ where: { userId } })
    const browser = newBrowser()
    const { location } = await signOn(browser, email, '/components')
    expectRefused(browser, location, 'user-unknown')
  })

  test('who is locked after bad sign-ins', async () => {
    const { email, userId } = await createUser(server, { accountIds: [accountId], password })
    await server.db.$executeRaw`
      update "User" set "lockedUntil" = app_now() + interval '10 minutes' where id = ${userId}::uuid`
    const browser = newBrowser()
    const { location } = await signOn(browser, email, '/components')
    expectRefused(browser, location, 'user-locked')
  })

  test('who says no at the provider', async () => {
    const browser = newBrowser()
    const { location } = await signOn(browser, null, '/components')
    expectRefused(browser, location, 'cancelled')
  })
})

describe('what does not belong to this sign-in opens nothing', async () => {
  const { email } = await createUser(server, { accountIds: [accountId], password })
  const problemIn = (location: string) => new URL(location).searchParams.get('problem')

  test('another nonce', async () => {
    const browser = newBrowser()
    const start = new URL(await leave(browser))
    start.searchParams.set('nonce', 'of-another-sign-in')
    const { location } = await navigate(browser, pathOf(await passProvider(start.href, email)))
    expect(problemIn(location)).toBe('sign-on-failed')
    expect(browser.cookies.has('__Host-packline')).toBe(false)
  })

  test('another state', async () => {
    const browser = newBrowser()
    const back = await passProvider(await leave(browser), email)
    back.searchParams.set('state', 'of-another-sign-in')
    const { location } = await navigate(browser, pathOf(back))
    expect(problemIn(location)).toBe('sign-on-failed')
    expect(browser.cookies.has('__Host-packline')).toBe(false)
  })

  test('another browser, with or without a sign-in of its own: a victim cannot be signed in as the attacker', async () => {
    const attacker = newBrowser()
    const back = await passProvider(await leave(attacker), email)
    const bare = newBrowser()
    expect(problemIn((await navigate(bare, pathOf(back))).location)).toBe('sign-on-expired')
    const victim = newBrowser()
    await leave(victim)
    expect(problemIn((await navigate(victim, pathOf(back))).location)).toBe('sign-on-failed')
    expect(victim.cookies.has('__Host-packline')).toBe(false)
  })

  test('the same answer a second time', async () => {
    const browser = newBrowser()
    const back = await passProvider(await leave(browser), email)
    const cookies = new Map(browser.cookies)
    await navigate(browser, pathOf(back))
    expect((await sessionOf(browser)).statusCode).toBe(200)
    const replay = { cookies }
    const { location } = await navigate(replay, pathOf(back))
    expect(problemIn(location)).toBe('sign-on-expired')
    expect(replay.cookies.has('__Host-packline')).toBe(false)
  })

  test('a code that was made for another challenge', async () => {
    const browser = newBrowser()
    const start = new URL(await leave(browser))
    start.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
    const { location } = await navigate(browser, pathOf(await passProvider(start.href, email)))
    expect(problemIn(location)).toBe('sign-on-failed')
  })

  test('an answer that took too long', async () => {
    const browser = newBrowser()
    const back = await passProvider(await leave(browser), email)
    await server.db.$executeRaw`update "SingleSignOn" set "expiresAt" = now() - interval '1 second'`
    const { location } = await navigate(browser, pathOf(back))
    expect(problemIn(location)).toBe('sign-on-expired')
    expect(browser.cookies.has('__Host-packline')).toBe(false)
  })
})

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example', 'components'])(
  'nobody is sent on to %s',
  async (returnTo) => {
    const { email } = await createUser(server, { accountIds: [accountId], password })
    const { location } = await signOn(newBrowser(), email, returnTo)
    expect(location).toBe(`${publicUrl}/`)
  },
)

describe('a provider that does not answer', () => {
  let lost: TestApp
  beforeAll(async () => {
    const oidc = { issuer: 'http://127.0.0.1:1', ...client, label }
    lost = await createTestApp({ publicUrl, databaseUrl: server.url, oidc })
  })

  test('is told on the sign-in page, where the password still works', async () => {
    const { email } = await createUser(server, { accountIds: [accountId], password })
    expect(await leave(newBrowser(), '/components', lost)).toBe(
      `${publicUrl}/sign-in?problem=sign-on-unavailable&returnTo=%2Fcomponents`,
    )
    const byPassword = await callerOf(lost.app)('POST', '/session', { body: { email, password } })
    expect(byPassword.statusCode).toBe(200)
  })

  test('may also fall silent in the middle', async () => {
    const dying = startOpenIdProvider({ redirectUri, claimsAt: 'userinfo' })
    const oidc = { issuer: await dying.issuer, ...client, label }
    const midway = await createTestApp({ publicUrl, databaseUrl: server.url, oidc })
    const { email } = await createUser(server, { accountIds: [accountId], password })
    const browser = newBrowser()
    const back = await passProvider(await leave(browser, '/', midway), email)
    dying.stop()
    const { location } = await navigate(browser, pathOf(back), midway)
    expect(location).toBe(`${publicUrl}/sign-in?problem=sign-on-unavailable`)
  })
})
