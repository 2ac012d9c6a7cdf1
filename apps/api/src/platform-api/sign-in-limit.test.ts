import { describe, expect, test } from 'vitest'
import { createAccount, createUser } from '../test/people.ts'
import { basic, createScript } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'

const first = await createTestApp()
// Another instance on the same database.
const second = await createTestApp({ databaseUrl: first.url })
const { db } = first
const accountId = await createAccount(first)
const script = await createScript(first, { accountId })

type Call = { authorization: string; address: string; instance?: typeof first }

const atConsole = ({ authorization, address, instance = first }: Call) =>
  instance.app.inject({ url: '/api/v1/components', headers: { authorization }, remoteAddress: address })
const atPlatformApi = ({ authorization, address, instance = first }: Call) =>
  instance.app.inject({
    method: 'POST',
    url: `/api/rest/v1/${accountId}/Environment/query`,
    headers: { authorization, accept: 'application/json' },
    remoteAddress: address,
  })

/** As if so many tries had been made within this minute. */
const times = async (count: number, call: () => Promise<{ statusCode: number }>) =>
  Promise.all(Array.from({ length: count }, async () => (await call()).statusCode))

describe('tokens', () => {
  const wrong = script.authorization.replace(/.{8}$/, 'AAAAAAAA')

  test('are guessed thirty times a minute for one user from one address, on all instances together', async () => {
    const address = '10.1.0.1'
    const statuses = [
      ...(await times(15, () => atConsole({ authorization: wrong, address }))),
      ...(await times(15, () => atPlatformApi({ authorization: wrong, address, instance: second }))),
    ]
    expect(new Set(statuses)).toEqual(new Set([401]))

    const refused = await atConsole({ authorization: wrong, address, instance: second })
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toMatchObject({
      code: 'too-many-sign-ins',
      message: expect.stringMatching(/^Too many sign-ins from your network\. Try again in \d+ seconds?\.$/),
    })
    const busy = await atPlatformApi({ authorization: wrong, address })
    expect(busy.statusCode).toBe(503)
    expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0)
    expect(busy.json()).toEqual({ '@type': 'Error', message: expect.stringContaining('Too many sign-ins') })

    // Whoever has the right one is not held up, and neither is anybody elsewhere.
    expect((await atConsole({ authorization: script.authorization, address })).statusCode).toBe(200)
    expect((await atConsole({ authorization: wrong, address: '10.1.0.2' })).statusCode).toBe(401)
  })

  test('of ever other beginnings are guessed two hundred times a minute from one address', async () => {
    const address = '10.1.0.3'
    const guess = (number: number) =>
      atConsole({ authorization: `Bearer guess-${number}-`.padEnd(40, 'x'), address })
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => (await guess(index)).statusCode),
    )
    expect(new Set(statuses)).toEqual(new Set([401]))
    expect((await guess(200)).statusCode).toBe(429)
  })

  test('can be tried again when the minute is over', async () => {
    await db.$executeRaw`update "SignInAttempt" set "startedAt" = "startedAt" - interval '1 minute'`
    expect((await atConsole({ authorization: wrong, address: '10.1.0.1' })).statusCode).toBe(401)
  })
})

describe('passwords by HTTP Basic', () => {
  const address = '10.1.0.4'

  test('are counted with those of the sign-in, for users that do not exist alike', async () => {
    const email = 'nobody-at-all@example.test'
    const body = { email, password: 'wrong' }
    const signIns = await times(30, () =>
      second.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { 'x-packline-request': '1' },
        body,
        remoteAddress: address,
      }),
    )
    expect(new Set(signIns)).toEqual(new Set([401]))
    const refused = await atPlatformApi({ authorization: basic(email, 'wrong'), address })
    expect(refused.statusCode).toBe(503)
    expect(refused.headers['retry-after']).toBeDefined()

    const password = 'correct horse battery staple'
    const other = await createUser(first, { accountIds: [accountId], password, role: 'administrator' })
    const authorization = basic(other.email, password)
    expect((await atPlatformApi({ authorization, address })).statusCode).toBe(200)
  })

  test('are refused alike and after the same time whether or not there is such a user', async () => {
    const user = await createUser(first, {
      accountIds: [accountId],
      password: 'right one',
      role: 'administrator',
    })
    const answers = []
    for (const [index, email] of [user.email, 'unknown@example.test'].entries()) {
      const startedAt = performance.now()
      const answer = await atPlatformApi({ authorization: basic(email, 'wrong'), address: `10.1.1.${index}` })
      // What there is to do takes a third of that.
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(149)
      answers.push([answer.statusCode, answer.body])
    }
    expect(answers[0]).toEqual(answers[1])
  })
})
