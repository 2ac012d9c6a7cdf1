import { expect, test } from 'vitest'
import { createSecretBox } from '../../platform/secret-box.ts'
import { createAccount, createUser } from '../../test/people.ts'
import { basic } from '../../test/platform-api/platform-caller.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'
import {
  codeNow,
  createTwoStepUser,
  forgetLastCode,
  showPassword,
  turnOn,
  wrongCode,
} from '../../test/two-step.ts'
import { sealKeys } from './seal-keys.ts'

const app = await createTestApp()
const { db, deps } = app
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)
const twoStep = '/user/two-step-sign-in'

const signIn = (email: string) => callerOf(app.app)('POST', '/session', { body: { email, password } })

async function createSignedIn() {
  const user = await createUser(app, { accountIds: [accountId], password })
  return { ...user, call: callerOf(app.app, `packline=${readSessionToken(await signIn(user.email))}`) }
}
const createPerson = (role?: 'administrator') =>
  createTwoStepUser(app, { accountIds: [accountId], password, ...(role && { role }) })

test('turned on with the password and the first code, it ends other sessions and replaces this one', async () => {
  const { email, userId, call } = await createSignedIn()
  const elsewhere = callerOf(app.app, `packline=${readSessionToken(await signIn(email))}`)
  expect((await call('GET', twoStep)).json()).toEqual({ onSince: null, recoveryCodesLeft: 0 })

  const { key, firstCode, cookie, recoveryCodes } = await turnOn(call, password)
  expect((await elsewhere('GET', '/session')).statusCode).toBe(401)
  expect((await call('GET', '/session')).statusCode).toBe(401)
  const again = callerOf(app.app, cookie)
  expect((await again('GET', twoStep)).json()).toEqual({
    onSince: expect.stringMatching(/Z$/),
    recoveryCodesLeft: 10,
  })
  const entries = await db.auditEntry.findMany({ where: { objectId: userId } })
  expect(entries).toMatchObject([{ action: 'user TWO_STEP ON', after: { endedSessions: 1 } }])
  const stored = JSON.stringify([entries, await db.twoStepSignIn.findUnique({ where: { userId } })])
  for (const secret of [key, ...recoveryCodes]) expect(stored).not.toContain(secret)

  const { call: waiting } = await showPassword(app, { email, password })
  // The code that turned it on counts as taken.
  expect((await waiting('POST', '/session/code', { body: { code: firstCode } })).statusCode).toBe(401)
  const second = await again('POST', twoStep, { body: { password } })
  expect([second.statusCode, second.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'two-step-is-on' }),
  ])
  const confirmed = await again('POST', `${twoStep}/confirmation`, { body: { code: codeNow(key) } })
  expect(confirmed.statusCode).toBe(409)
})

test('nothing is on before the first code is right, and it has to come in time', async () => {
  const { email, userId, call } = await createSignedIn()
  const confirm = (code: string) => call('POST', `${twoStep}/confirmation`, { body: { code } })
  expect((await confirm('123456')).json()).toMatchObject({ code: 'two-step-not-started' })

  const started = await call('POST', twoStep, { body: { password } })
  expect(started.statusCode).toBe(201)
  const { key, address } = started.json<{ key: string; address: string }>()
  expect(new URL(address).searchParams.get('secret')).toBe(key)
  for (const code of [wrongCode(key), '', 'abcd-efgh-2345-mnop-qrst-uvwx']) {
    const refused = await confirm(code)
    expect([refused.statusCode, refused.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'code-wrong' }),
    ])
  }
  expect((await signIn(email)).statusCode).toBe(200)
  await db.twoStepSignIn.update({
    where: { userId },
    data: { startedAt: new Date(Date.now() - 16 * 60_000) },
  })
  expect((await confirm(codeNow(key))).json()).toMatchObject({ code: 'two-step-not-started' })
})

test('turning it on asks for the password, and guessing that locks', async () => {
  const { call } = await createSignedIn()
  const start = (given: string) => call('POST', twoStep, { body: { password: given } })
  for (let count = 1; count <= 6; count++) {
    expect((await start('a guess')).json()).toMatchObject({ code: 'password-wrong' })
  }
  const locked = await start(password)
  expect([locked.statusCode, locked.json()]).toEqual([429, expect.objectContaining({ code: 'user-locked' })])
})

test('turning it off asks for the password and a code, and ends other sessions', async () => {
  const { email, userId, key, call } = await createPerson()
  const off = (body: object) => call('POST', `${twoStep}/removal`, { body })
  for (const body of [
    { password: 'wrong', code: codeNow(key) },
    { password, code: wrongCode(key) },
  ]) {
    const refused = await off(body)
    expect([refused.statusCode, refused.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'password-or-code-wrong' }),
    ])
  }
  expect((await off({ password, code: codeNow(key) })).statusCode).toBe(204)
  expect((await call('GET', '/session')).statusCode).toBe(401)
  expect((await signIn(email)).statusCode).toBe(200)
  expect(await db.recoveryCode.count({ where: { userId } })).toBe(0)
  expect(await db.auditEntry.count({ where: { objectId: userId, action: 'user TWO_STEP OFF' } })).toBe(1)
})

test('what is off cannot be turned off, nor has it recovery codes', async () => {
  const { call } = await createSignedIn()
  for (const path of ['removal', 'recovery-codes']) {
    const refused = await call('POST', `${twoStep}/${path}`, { body: { password, code: '123456' } })
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'two-step-is-off' }),
    ])
  }
})

test('new recovery codes end the former ones, and guessing for them locks', async () => {
  const { email, userId, key, recoveryCodes, call } = await createPerson()
  const renew = (body: object) => call('POST', `${twoStep}/recovery-codes`, { body })
  const renewed = await renew({ password, code: codeNow(key) })
  expect(renewed.statusCode).toBe(200)
  const { recoveryCodes: next } = renewed.json<{ recoveryCodes: string[] }>()
  const { call: waiting } = await showPassword(app, { email, password })
  const former = await waiting('POST', '/session/code', { body: { code: recoveryCodes[0] } })
  expect(former.statusCode).toBe(401)
  expect((await waiting('POST', '/session/code', { body: { code: next[0] } })).statusCode).toBe(200)
  const action = 'user TWO_STEP RECOVERY_CODES'
  const entries = await db.auditEntry.findMany({ where: { objectId: userId, action } })
  expect(entries).toMatchObject([{ before: null, after: null }])

  for (let count = 1; count <= 6; count++) await renew({ password, code: wrongCode(key) })
  await forgetLastCode(app, userId)
  expect((await renew({ password, code: codeNow(key) })).statusCode).toBe(429)
})

test('HTTP Basic with the password is refused with the way out, and an API token works', async () => {
  const { email, key, call } = await createPerson('administrator')
  const ask = (authorization: string) =>
    app.app.inject({
      method: 'POST',
      url: `/api/rest/v1/${accountId}/Environment/query`,
      headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
      payload: '{}',
    })
  const refused = await ask(basic(email, password))
  expect(refused.statusCode).toBe(403)
  expect(refused.body).toContain('Use an API token')
  // With a wrong one there is nothing to learn.
  expect((await ask(basic(email, 'a wrong one'))).statusCode).toBe(401)
  expect((await ask(basic(email, `${password}${codeNow(key)}`))).statusCode).toBe(401)

  const body = { name: 'script', lifetimeDays: 7, scopes: null }
  const { token } = (await call('POST', '/user/tokens', { body })).json<{ token: string }>()
  expect((await ask(basic(`BOOMI_TOKEN.${email}`, token))).statusCode).toBe(200)
})

test('keys are sealed anew with another SECRETS_KEY, and not without the former one', async () => {
  const { userId, key } = await createPerson()
  const [former, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  await db.twoStepSignIn.deleteMany({ where: { userId: { not: userId } } })
  const context = `two-step sign-in ${userId}`
  const sealed = createSecretBox([former]).seal(key, context)
  await db.twoStepSignIn.update({ where: { userId }, data: { key: sealed } })
  expect(await sealKeys(db, createSecretBox([next]))).toEqual({ kind: 'refused', reason: 'key-unknown' })
  expect(await sealKeys(db, createSecretBox([next, former]))).toEqual({ kind: 'sealed', count: 1 })
  const stored = await db.twoStepSignIn.findUniqueOrThrow({ where: { userId } })
  expect(createSecretBox([next]).open(stored.key, context)).toBe(key)
  expect(await sealKeys(deps.jobDb, createSecretBox([next]))).toEqual({ kind: 'sealed', count: 0 })
})
