import { expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const anybody = callerOf(app.app)
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)
const clockSetter = await signInAs(app, { accountId })

const signIn = async (email: string, given = password) =>
  (await anybody('POST', '/session', { body: { email, password: given } })).statusCode
const setClock = async (now: string) => {
  expect((await clockSetter.call('PUT', '/demo/clock', { body: { now } })).statusCode).toBe(200)
}
const storedUser = (id: string) => app.db.user.findUniqueOrThrow({ where: { id } })

test('six bad sign-ins lock the user for fifteen minutes of business time', async () => {
  const { email, userId } = await createUser(app, { accountIds: [accountId], password })
  await setClock('2027-04-29T21:00:00Z')
  for (let count = 1; count <= 6; count++) expect(await signIn(email, 'wrong')).toBe(401)

  expect(await signIn(email)).toBe(401)
  expect(await app.db.session.count({ where: { userId } })).toBe(0)
  await setClock('2027-04-29T21:14:50Z')
  expect(await signIn(email)).toBe(401)

  await setClock('2027-04-29T21:15:30Z')
  expect(await signIn(email)).toBe(200)
  expect(await storedUser(userId)).toMatchObject({ failedSignIns: 0, lockedUntil: null })
})

test('a good sign-in forgets the bad ones before it', async () => {
  const { email } = await createUser(app, { accountIds: [accountId], password })
  for (let round = 1; round <= 2; round++) {
    for (let count = 1; count <= 5; count++) await signIn(email, 'wrong')
    expect(await signIn(email)).toBe(200)
  }
})

test('bad sign-ins at the same time are all counted', async () => {
  const { email, userId } = await createUser(app, { accountIds: [accountId], password })
  // All of them have checked the password and want to write it down before the first may.
  const attempts = await app.db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "User" where id = ${userId}::uuid for update`
    const waiting = Array.from({ length: 6 }, () => signIn(email, 'wrong'))
    await untilSomeoneWaitsForALock(app.db, 6)
    return { waiting }
  })
  await Promise.all(attempts.waiting)
  expect(await storedUser(userId)).toMatchObject({ failedSignIns: 6 })
  expect(await signIn(email)).toBe(401)
})

test('a lock set under a later clock does not outlive it', async () => {
  const { email } = await createUser(app, { accountIds: [accountId], password })
  await setClock('2031-01-01T00:00:00Z')
  for (let count = 1; count <= 6; count++) await signIn(email, 'wrong')
  expect(await signIn(email)).toBe(401)
  await clockSetter.call('DELETE', '/demo/clock')
  expect(await signIn(email)).toBe(200)
})

test('the clock signs nobody out', async () => {
  await setClock('2099-01-01T00:00:00Z')
  expect((await clockSetter.call('GET', '/session')).statusCode).toBe(200)
  await clockSetter.call('DELETE', '/demo/clock')
})

test('guessing is slowed down for one user, and others are not held up by it', async () => {
  const victim = 'victim@example.test'
  const statuses = await Promise.all(Array.from({ length: 31 }, () => signIn(victim, 'wrong')))
  expect(statuses.filter((status) => status === 401)).toHaveLength(30)

  const response = await anybody('POST', '/session', {
    body: { email: ` ${victim.toUpperCase()}`, password },
  })
  expect(response.statusCode).toBe(429)
  expect(response.json()).toMatchObject({
    code: 'too-many-sign-ins',
    message: expect.stringMatching(/^Too many sign-ins from your network\. Try again in \d+ seconds\.$/),
  })

  const { email } = await createUser(app, { accountIds: [accountId], password })
  expect(await signIn(email)).toBe(200)
})
