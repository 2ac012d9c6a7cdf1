import { invitationPage } from '@packline/domain/accounts/invitation-page.ts'
import { describe, expect, test } from 'vitest'
import { createOffice, expireInvitation, invite, newAddress, outcomeOf } from '../../test/invitation-scene.ts'
import { client, startOpenIdProvider } from '../../test/openid-provider.ts'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { type Browser, newBrowser, publicUrl, redirectUri, signOnAt } from '../../test/sign-on-browser.ts'
import { createTestApp } from '../../test/test-app.ts'

const provider = startOpenIdProvider({ redirectUri, claimsAt: 'userinfo' })
const oidc = { issuer: await provider.issuer, ...client, label: 'Sign in with Example' }
const server = await createTestApp({ publicUrl, oidc })
/** The same installation over HTTP, where the administrators of these tests sign in. */
const inside = await createTestApp({ databaseUrl: server.url })
const { signOn, post, sessionOf } = signOnAt(server)

const read = (browser: Browser, token: string) => post(browser, '/invitation-links/reading', { token })
const accept = (browser: Browser, token: string, change: Record<string, unknown> = {}) =>
  post(browser, '/invitation-links/new-user', { token, firstName: 'Grace', lastName: 'Hopper', ...change })
const usersOf = (email: string) => server.db.user.count({ where: { email } })

/** Somebody new who comes back from the provider to the page of an invitation. */
async function comeBack(person: string) {
  const browser = newBrowser()
  const { location } = await signOn(browser, person, invitationPage)
  expect(location).toBe(`${publicUrl}${invitationPage}`)
  expect(browser.cookies.has('__Host-packline')).toBe(false)
  return browser
}

describe('somebody new whose address the provider verified', () => {
  test('accepts without a password, signed in under the name the provider has, and the address is proved', async () => {
    const { accountId, admin } = await createOffice(inside)
    const { email, token } = await invite(admin)
    const browser = await comeBack(email.toUpperCase())
    expect((await read(browser, token)).json()).toMatchObject({
      vouched: { email: email.toUpperCase(), firstName: 'Grace', lastName: 'Hopper' },
    })
    expect(outcomeOf(await accept(browser, token))).toBe(204)
    expect((await sessionOf(browser)).json()).toMatchObject({
      user: { email, firstName: 'Grace', lastName: 'Hopper' },
      account: { id: accountId },
    })
    expect(await server.db.user.findFirst({ where: { email } })).toMatchObject({
      passwordHash: null,
      isAddressProved: true,
    })
    expect(
      await server.db.auditEntry.findFirst({
        where: { accountId, action: 'account ON_ENTRY SUCCESS' },
        orderBy: { id: 'desc' },
      }),
    ).toMatchObject({ after: { signedInBy: 'single-sign-on' } })
    expect(await server.db.session.findFirst({ where: { user: { email } } })).toMatchObject({
      isVouched: true,
    })
    expect(browser.cookies.has('__Host-packline-vouched')).toBe(false)
    expect(await server.db.vouchedPerson.count()).toBe(0)

    const again = newBrowser()
    await signOn(again, email)
    expect((await sessionOf(again)).statusCode).toBe(200)
  })

  test('who gives no name is asked for one', async () => {
    const { admin } = await createOffice(inside)
    const { email, token } = await invite(admin)
    const browser = await comeBack(email)
    expect(outcomeOf(await accept(browser, token, { firstName: '', lastName: ' ' }))).toBe('name-empty')
    expect(outcomeOf(await accept(browser, token))).toBe(204)
  })

  test('is let in by a sign-in of ten minutes ago at most', async () => {
    const { admin } = await createOffice(inside)
    const { email, token } = await invite(admin)
    const browser = await comeBack(email)
    await server.db.$executeRaw`update "VouchedPerson" set "expiresAt" = now() - interval '1 second'`
    expect((await read(browser, token)).json()).toMatchObject({ vouched: null })
    expect(outcomeOf(await accept(browser, token))).toBe('not-vouched')
    expect(await usersOf(email)).toBe(0)
  })
})

describe('nobody else gets in', () => {
  test('with another address than the one that was invited', async () => {
    const { admin } = await createOffice(inside)
    const { email, token } = await invite(admin)
    const browser = await comeBack(newAddress())
    expect(outcomeOf(await accept(browser, token))).toBe('vouched-for-another')
    expect(await usersOf(email)).toBe(0)
    expect((await read(newBrowser(), token)).statusCode).toBe(200)
  })

  test('without the cookie, or with one that nobody made', async () => {
    const { admin } = await createOffice(inside)
    const { email, token } = await invite(admin)
    await comeBack(email)
    const forged = { cookies: new Map([['__Host-packline-vouched', 'made-up']]) }
    for (const browser of [newBrowser(), forged]) {
      expect(outcomeOf(await accept(browser, token))).toBe('not-vouched')
    }
    expect(await usersOf(email)).toBe(0)
  })

  test('with an address that the provider did not verify', async () => {
    const { admin } = await createOffice(inside)
    const { email } = await invite(admin, `unverified-${newAddress()}`)
    const browser = newBrowser()
    const { location } = await signOn(browser, email, invitationPage)
    expect(new URL(location).searchParams.get('problem')).toBe('sign-on-email-unverified')
    expect(browser.cookies.size).toBe(0)
  })

  test.each([
    ['expired', 'invitation-expired', (id: string) => expireInvitation(server, id)],
    [
      'withdrawn',
      'invitation-withdrawn',
      (id: string) => server.db.invitation.update({ where: { id }, data: { withdrawnAt: new Date() } }),
    ],
    [
      'used',
      'invitation-accepted',
      (id: string) => server.db.invitation.update({ where: { id }, data: { acceptedAt: new Date() } }),
    ],
  ])('by an invitation that was %s', async (_name, code, end) => {
    const { admin } = await createOffice(inside)
    const { id, email, token } = await invite(admin)
    const browser = await comeBack(email)
    await end(id)
    expect(outcomeOf(await accept(browser, token))).toBe(code)
    expect(await usersOf(email)).toBe(0)
  })
})

describe('somebody who has a user already', () => {
  test('is signed in and accepts with that user, also when they had to leave every account', async () => {
    const { accountId, admin } = await createOffice(inside)
    const { email, userId } = await createUser(server, {
      accountIds: [await createAccount(server)],
      password: 'river stone lantern',
    })
    await server.db.membership.deleteMany({ where: { userId } })
    const { token } = await invite(admin, email)
    const browser = newBrowser()
    await signOn(browser, email, invitationPage)
    expect((await post(browser, '/invitation-links/acceptance', { token })).json()).toEqual({ accountId })
  })

  test('of several accounts comes to the invitation before choosing one', async () => {
    const accountIds = [await createAccount(server), await createAccount(server)]
    const { email } = await createUser(server, { accountIds, password: 'river stone lantern' })
    const { location } = await signOn(newBrowser(), email, invitationPage)
    expect(location).toBe(`${publicUrl}${invitationPage}`)
  })

  test('and whom the provider takes for somebody else cannot accept', async () => {
    const { admin } = await createOffice(inside)
    const other = await signInAs(inside, { accountId: await createAccount(server) })
    const { token } = await invite(admin)
    const browser = newBrowser()
    await signOn(browser, other.email, invitationPage)
    expect(outcomeOf(await post(browser, '/invitation-links/acceptance', { token }))).toBe('for-another')
  })
})
