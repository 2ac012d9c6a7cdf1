import { badSignInLimit } from '@packline/domain/accounts/sign-in-lock.ts'
import { expect, test } from 'vitest'
import { createAccount } from '../test/people.ts'
import { basic, platformCaller } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'
import { codeNow, createTwoStepUser, forgetLastCode, wrongCode } from '../test/two-step.ts'

const app = await createTestApp()
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)

/** Somebody with two-step sign-in, and a script that shows the password and, when given, a code. */
async function createPerson() {
  const person = await createTwoStepUser(app, {
    accountIds: [accountId],
    role: 'administrator',
    password,
  })
  const authorization = basic(person.email, password)
  const send = platformCaller(app, { accountId, authorization })
  const query = (code?: string) =>
    send('POST', '/Environment/query', { ...(code !== undefined && { headers: { 'x-boomi-otp': code } }) })
  return { ...person, query }
}

test('a password is enough with a code of the app beside it, which counts once', async () => {
  const { key, query } = await createPerson()
  const without = await query()
  expect(without.statusCode).toBe(403)
  expect(without.json()).toMatchObject({ message: expect.stringContaining('X-Boomi-OTP') })

  const code = codeNow(key)
  const first = await query(code)
  expect(first.statusCode, first.body).toBe(200)
  const again = await query(code)
  expect(again.statusCode).toBe(401)
  expect(again.headers['www-authenticate']).toContain('Basic')
})

test('of many who show the same code at the same time one comes in', async () => {
  const { key, query } = await createPerson()
  // The password is remembered from here on: only so many are hashed in a second.
  await query()
  const code = codeNow(key)
  const answers = await Promise.all([query(code), query(code), query(code)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401, 401])
})

test('wrong codes lock the user as wrong passwords do, and then the right one opens nothing and is not used up', async () => {
  const { key, query, userId } = await createPerson()
  for (let count = 0; count < badSignInLimit; count++) {
    expect((await query(wrongCode(key))).statusCode).toBe(401)
  }
  const code = codeNow(key)
  expect((await query(code)).statusCode).toBe(401)
  await app.db.user.update({ where: { id: userId }, data: { lockedUntil: null, failedSignIns: 0 } })
  expect((await query(code)).statusCode).toBe(200)
})

test('without two-step sign-in nobody asks for a code, and a forgotten one counts again', async () => {
  const { key, query, userId } = await createPerson()
  expect((await query(codeNow(key))).statusCode).toBe(200)
  await forgetLastCode(app, userId)
  expect((await query(codeNow(key))).statusCode).toBe(200)
  await app.db.twoStepSignIn.deleteMany({ where: { userId } })
  expect((await query()).statusCode).toBe(200)
})
