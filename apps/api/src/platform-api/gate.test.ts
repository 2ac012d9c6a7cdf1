import { describe, expect, test } from 'vitest'
import { createAccount, createUser } from '../test/people.ts'
import { basic, createScript, platformCaller } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const primaryId = await createAccount(app)
const managedId = await createAccount(app, { primaryAccountId: primaryId })
const grandchildId = await createAccount(app, { primaryAccountId: managedId })
const strangerId = await createAccount(app)
const script = await createScript(app, { accountId: primaryId })
const password = 'correct horse battery staple'
const person = await createUser(app, { accountIds: [primaryId], password, role: 'administrator' })

const query = '/Environment/query'
const callAs = (authorization: string | undefined, accountId = primaryId, base?: string) =>
  platformCaller(app, {
    accountId,
    ...(authorization !== undefined && { authorization }),
    ...(base !== undefined && { base }),
  })('POST', query)

describe('who calls', () => {
  test('an API token and a password open the account, in any letter case of the address', async () => {
    expect((await callAs(script.authorization)).statusCode).toBe(200)
    expect((await callAs(basic(person.email.toUpperCase(), password))).statusCode).toBe(200)
    expect((await callAs(basic(person.email, password))).statusCode).toBe(200)
  })

  test.each([
    ['nothing', undefined],
    ['a wrong password', basic(person.email, 'wrong')],
    ['an unknown user', basic('nobody@example.test', 'wrong')],
    ['a wrong token', basic(`BOOMI_TOKEN.${script.email}`, 'wrong')],
    ['a token with the address of another user', script.authorization.replace(/.{8}$/, 'AAAAAAAA')],
    ['no Basic', 'Digest username="a"'],
    ['NUL characters', basic('a\0b', 'c\0d')],
  ])('%s: 401 with a challenge', async (_name, authorization) => {
    const answer = await callAs(authorization)
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/)
    expect(answer.json()).toEqual({
      '@type': 'Error',
      message: expect.stringContaining('BOOMI_TOKEN.<e-mail>'),
    })
  })

  test('six bad passwords lock the user here as at the sign-in', async () => {
    const locked = await createUser(app, { accountIds: [primaryId], password, role: 'administrator' })
    const call = (word: string) =>
      app.app.inject({
        method: 'POST',
        url: `/api/rest/v1/${primaryId}${query}`,
        headers: { authorization: basic(locked.email, word) },
        // Each from an address of its own, so that the limit of hashes is not what refuses.
        remoteAddress: `10.9.0.${attempts++}`,
      })
    let attempts = 1
    for (let count = 0; count < 6; count++) expect((await call('wrong')).statusCode).toBe(401)
    expect((await call(password)).statusCode).toBe(401)
    const entry = await app.db.auditEntry.findFirstOrThrow({ where: { action: 'user LOCK' } })
    expect(entry).toMatchObject({ accountId: primaryId, actorId: locked.userId, source: 'API' })
  })

  test('a changed password is refused at once', async () => {
    const other = await createUser(app, { accountIds: [primaryId], password, role: 'administrator' })
    expect((await callAs(basic(other.email, password))).statusCode).toBe(200)
    await app.db.user.update({ where: { id: other.userId }, data: { passwordHash: null } })
    expect((await callAs(basic(other.email, password))).statusCode).toBe(401)
  })

  test('a browser that another site makes send it is refused', async () => {
    const answer = await script.send('POST', '/Environment', {
      body: { name: 'Forged' },
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    })
    expect(answer.statusCode).toBe(403)
  })
})

describe('where they work', () => {
  test('an account that is not theirs and one that does not exist look alike: 403', async () => {
    const foreign = await callAs(script.authorization, strangerId)
    const unknown = await callAs(script.authorization, 'account-nobody')
    expect([foreign.statusCode, unknown.statusCode]).toEqual([403, 403])
    expect(foreign.body).toBe(unknown.body)
  })

  test.each([
    ['a managed account', managedId],
    ['one managed by that', grandchildId],
  ])('overrideAccount opens %s', async (_name, overrideId) => {
    const partner = platformCaller(app, {
      accountId: primaryId,
      authorization: script.authorization,
      base: '/partner/api/rest/v1',
    })
    const name = `Through the partner path ${overrideId}`
    const created = await partner('POST', `/Environment?overrideAccount=${overrideId}`, { body: { name } })
    expect(created.statusCode, created.body).toBe(200)
    const { accountId } = await app.db.environment.findFirstOrThrow({ where: { name } })
    expect(accountId).toBe(overrideId)
    const entry = await app.db.auditEntry.findFirstOrThrow({ where: { accountId: overrideId } })
    expect(entry).toMatchObject({ action: 'as.environment ADD', actorId: script.userId, source: 'API' })
  })

  test('an override upwards, sideways or into nothing is refused in one sentence', async () => {
    const below = await createScript(app, { accountId: managedId })
    const answers = []
    for (const overrideId of [primaryId, strangerId, 'account-nobody', "' or true --"]) {
      const path = `${query}?overrideAccount=${encodeURIComponent(overrideId)}`
      const partner = {
        accountId: managedId,
        authorization: below.authorization,
        base: '/partner/api/rest/v1',
      }
      answers.push(await platformCaller(app, partner)('POST', path))
    }
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403])
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  })

  test('overrideAccountRateLimit chooses whose limit counts', async () => {
    const limited = await createTestApp({ databaseUrl: app.url, platformApiRate: 3 })
    const partner = platformCaller(limited, {
      accountId: primaryId,
      authorization: script.authorization,
      base: '/partner/api/rest/v1',
    })
    const call = (more: string) => partner('POST', `${query}?overrideAccount=${managedId}${more}`)
    const statuses = []
    for (let count = 0; count < 5; count++) statuses.push((await call('')).statusCode)
    expect(statuses).toContain(503)
    expect((await call('&overrideAccountRateLimit=true')).statusCode).toBe(200)
  })

  test('on the plain path overrideAccount means nothing', async () => {
    const answer = await script.send('POST', `/Environment?overrideAccount=${managedId}`, {
      body: { name: 'Own' },
    })
    expect(answer.statusCode).toBe(200)
    expect(await app.db.environment.count({ where: { name: 'Own', accountId: primaryId } })).toBe(1)
  })
})

describe('what they may do', () => {
  test('without API Access nothing, whatever else they may do', async () => {
    const { send } = await createScript(app, { accountId: primaryId, role: 'standard-user' })
    const answer = await send('POST', query)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('API Access')
  })

  test('the privilege of the console’s action, in its words', async () => {
    const { send } = await createScript(app, { accountId: primaryId, privileges: ['api-access'] })
    const answer = await send('POST', '/PublisherIntegrationPack/query')
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({
      message: expect.stringContaining('needs the privilege Integration Pack'),
    })
  })

  test('a token with fewer scopes does no more than those', async () => {
    const { send, userId } = await createScript(app, { accountId: primaryId })
    await app.db
      .$executeRaw`update "ApiToken" set scopes = array['atom-management-read-access'] where "userId" = ${userId}::uuid`
    expect((await send('POST', query)).statusCode).toBe(200)
    expect((await send('POST', '/Environment', { body: { name: 'No' } })).statusCode).toBe(403)
  })

  test.each([
    ['Publisher Integration Pack API', '/PublisherIntegrationPack/query', 'publisher-integration-pack-api'],
    ['Integration Pack API', '/ReleaseIntegrationPackStatus/bulk', 'integration-pack-api'],
  ] as const)('without the feature %s the object is not there', async (label, path, feature) => {
    const account = await app.db.account.findUniqueOrThrow({ where: { id: primaryId } })
    const accountId = await createAccount(app, {
      features: account.features.filter((name) => name !== feature) as never,
    })
    const { send } = await createScript(app, { accountId })
    const answer = await send('POST', path)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain(label)
  })

  test('a suspended account is closed', async () => {
    const accountId = await createAccount(app)
    const { send } = await createScript(app, { accountId })
    await app.db.account.update({ where: { id: accountId }, data: { status: 'suspended' } })
    expect((await send('POST', query)).statusCode).toBe(403)
  })
})

test('R-83 over the rate limit: 503 with Retry-After, counted for each account', async () => {
  const limited = await createTestApp({ databaseUrl: app.url, platformApiRate: 5 })
  const call = (authorization: string, accountId: string) =>
    platformCaller(limited, { accountId, authorization })('POST', query, { accept: 'xml' })
  // At once, and far more than allowed: one after the other they may take so long that none is too many.
  const calls = Array.from({ length: 60 }, () => call(script.authorization, primaryId))
  const answers = await Promise.all(calls)
  const refused = answers.find(({ statusCode }) => statusCode !== 200)
  expect(refused?.statusCode).toBe(503)
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  expect(refused?.body).toContain('<error><message>')
  const other = await createScript(app, { accountId: strangerId })
  expect((await call(other.authorization, strangerId)).statusCode).toBe(200)
})
