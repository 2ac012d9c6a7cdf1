import { actionsBeforeTwoStep } from '@packline/domain/access/actions.ts'
import { expect, test } from 'vitest'
import { consoleRoutes, refusalAtTheGate, routesWithAction } from './guarded-routes.ts'
import { createAccount, createUser, joinByGroup, signInAs } from './people.ts'
import { basic, createScript, platformCaller } from './platform-api/platform-caller.ts'
import { callerOf, createTestApp } from './test-app.ts'
import { forgetLastCode, turnOn } from './two-step.ts'
import { readSessionToken } from './read-session-token.ts'

const app = await createTestApp()
const { db } = app
const routes = consoleRoutes(app)
const guarded = routesWithAction(routes)
const password = 'quiet harbour at noon'
const required = { code: 'two-step-required' }

async function createClosed(primaryAccountId?: string) {
  const id = await createAccount(app, primaryAccountId === undefined ? {} : { primaryAccountId })
  await db.account.update({ where: { id }, data: { requiresTwoStep: true } })
  return id
}

async function signIn({ email }: { email: string }) {
  const response = await callerOf(app.app)('POST', '/session', { body: { email, password } })
  return callerOf(app.app, `packline=${readSessionToken(response)}`)
}

const sessionIn = { requiresTwoStep: true }

test('without it every route of the account is closed, but those that turn it on', async () => {
  const person = await signInAs(app, { accountId: await createClosed(), role: 'administrator' })
  const open = []
  for (const route of guarded) {
    const refusal = await refusalAtTheGate(person.call, route)
    if (refusal?.code !== required.code) open.push(route.action)
    else
      expect(refusal.message).toMatch(
        /^The account Account \S+ requires two-step sign-in, .*turn it on there\.$/,
      )
  }
  expect(new Set(open)).toEqual(actionsBeforeTwoStep)
  expect(open).toHaveLength(3)

  // What else is open to them is about themselves, not the account.
  const others = routes.filter(({ access }) => access === 'signed-in')
  expect(others.map(({ method, path }) => `${method} ${path.replace(/0{8}-.*/, ':id')}`).toSorted()).toEqual([
    'DELETE /user/sessions/:id',
    'GET /demo/clock',
    'GET /session',
    'GET /session/accounts',
    'GET /time-zones',
    'GET /user/sessions',
    'POST /invitation-links/acceptance',
    'PUT /session/account',
  ])
})

test('turned on it opens the account, and turned off it closes it again', async () => {
  const user = await createUser(app, { accountIds: [await createClosed()], password })
  const call = await signIn(user)
  const stateOf = async (by: typeof call) =>
    (await by('GET', '/session')).json<{ account: { lacksTwoStep: boolean } }>().account
  expect(await stateOf(call)).toMatchObject({ ...sessionIn, lacksTwoStep: true })
  expect((await call('GET', '/account')).json()).toMatchObject(required)

  const { key, cookie, recoveryCodes } = await turnOn(call, password)
  expect(key).toHaveLength(32)
  const now = callerOf(app.app, cookie)
  expect((await now('GET', '/account')).statusCode).toBe(200)
  expect(await stateOf(now)).toMatchObject({ ...sessionIn, lacksTwoStep: false })

  await forgetLastCode(app, user.userId)
  const body = { password, code: recoveryCodes[0] }
  const off = await now('POST', '/user/two-step-sign-in/removal', { body })
  const after = callerOf(app.app, `packline=${readSessionToken(off)}`)
  expect((await after('GET', '/account')).json()).toMatchObject(required)
  expect(await stateOf(after)).toMatchObject({ ...sessionIn, lacksTwoStep: true })
})

test('other accounts of the same user stay open, and the way from the closed one to them', async () => {
  const [closed, open] = [await createClosed(), await createAccount(app)]
  const user = await createUser(app, { accountIds: [closed, open], password })
  const call = await signIn(user)
  for (const [accountId, status] of [
    [closed, 403],
    [open, 200],
  ] as const) {
    expect((await call('PUT', '/session/account', { body: { accountId } })).statusCode).toBe(200)
    expect((await call('GET', '/account')).statusCode).toBe(status)
  }
})

test('who comes through an account group needs what the entered account requires, not their own', async () => {
  const primaryId = await createAccount(app)
  const managedId = await createClosed(primaryId)
  const person = await signInAs(app, { accountId: primaryId, role: 'administrator' })
  await joinByGroup(app, { userId: person.userId, accountIds: [managedId], role: 'administrator' })
  expect((await person.call('GET', '/account')).statusCode).toBe(200)
  await person.call('PUT', '/session/account', { body: { accountId: managedId } })
  expect((await person.call('GET', '/account')).json()).toMatchObject(required)
})

test('a token works when its user has it, or when single sign-on vouched for them', async () => {
  const accountId = await createClosed()
  const script = await createScript(app, { accountId })
  const bearer = { authorization: script.authorization }
  const onBoth = async () => [
    (await callerOf(app.app)('GET', '/environments', { headers: bearer })).statusCode,
    (await script.send('POST', '/Environment/query')).statusCode,
  ]
  const refused = await callerOf(app.app)('GET', '/environments', { headers: bearer })
  expect(refused.json()).toMatchObject(required)
  const answer = await script.send('POST', '/Environment/query', { accept: 'json' })
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ message: expect.stringContaining('requires two-step sign-in') })

  await db.apiToken.updateMany({ where: { userId: script.userId }, data: { isVouched: true } })
  expect(await onBoth()).toEqual([200, 200])
  await db.apiToken.updateMany({ where: { userId: script.userId }, data: { isVouched: false } })
  expect(await onBoth()).toEqual([403, 403])
  const on = { userId: script.userId, key: 'of an app', onSince: new Date() }
  await db.twoStepSignIn.create({ data: on })
  expect(await onBoth()).toEqual([200, 200])
})

test('a password alone opens nothing of the Platform API, nor of an account under the one of the address', async () => {
  const primaryId = await createAccount(app)
  const managedId = await createClosed(primaryId)
  const user = await createUser(app, {
    accountIds: [primaryId, managedId],
    password,
    role: 'administrator',
  })
  const authorization = basic(user.email, password)
  const statusOf = async (accountId: string, base: string, query = '') =>
    (await platformCaller(app, { accountId, authorization, base })('POST', `/Environment/query${query}`))
      .statusCode
  const partner = '/partner/api/rest/v1'
  expect(await statusOf(primaryId, '/api/rest/v1')).toBe(200)
  expect(await statusOf(managedId, '/api/rest/v1')).toBe(403)
  expect(await statusOf(primaryId, partner)).toBe(200)
  expect(await statusOf(primaryId, partner, `?overrideAccount=${managedId}`)).toBe(403)

  await db.account.update({ where: { id: managedId }, data: { requiresTwoStep: false } })
  expect(await statusOf(primaryId, partner, `?overrideAccount=${managedId}`)).toBe(200)
  // The account they show themselves for counts as well.
  await db.account.update({ where: { id: primaryId }, data: { requiresTwoStep: true } })
  expect(await statusOf(primaryId, partner, `?overrideAccount=${managedId}`)).toBe(403)
})
