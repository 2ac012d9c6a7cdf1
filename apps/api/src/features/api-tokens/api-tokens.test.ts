import type { CreatedToken, TokenView } from '@packline/contract/api-tokens.ts'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { hashToken } from '../../platform/session-token.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const nightly = { name: 'Nightly', lifetimeDays: 30, scopes: null }

const administrator = async () =>
  signInAs(app, { accountId: await createAccount(app), role: 'administrator' })
type Person = Awaited<ReturnType<typeof administrator>>

async function makeToken(person: Person, body: object = nightly): Promise<CreatedToken> {
  const response = await person.call('POST', '/user/tokens', { body })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}
const tokensOf = async (person: Person): Promise<TokenView[]> =>
  (await person.call('GET', '/user/tokens')).json()
const use = (token: string | null, url = '/integration-packs') =>
  app.app.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${token}` } })

describe('an API token', () => {
  test('is shown once, kept as a hash, works, and is listed with its last use', async () => {
    const person = await administrator()
    const { token, apiToken } = await makeToken(person)
    expect(token).toMatch(/^packline_[\w-]{43}$/)
    const stored = await db.apiToken.findUniqueOrThrow({ where: { id: apiToken.id } })
    expect(Buffer.from(stored.tokenHash)).toEqual(hashToken(token ?? ''))
    expect(apiToken).toMatchObject({ name: 'Nightly', scopes: null, standing: 'works', lastUsedAt: null })
    const days = (Date.parse(apiToken.expiresAt ?? '') - Date.parse(apiToken.createdAt)) / 86_400_000
    expect(days).toBeCloseTo(30, 3)

    expect((await use(token)).statusCode).toBe(200)
    const list = await person.call('GET', '/user/tokens')
    expect(list.json()).toMatchObject([{ id: apiToken.id, lastUsedAt: expect.any(String) }])
    expect(list.body).not.toContain(token)
    expect(list.body).not.toContain('tokenHash')
  })

  test('is read by itself with its ETag, which is what revoking it compares', async () => {
    const person = await administrator()
    const { apiToken } = await makeToken(person)
    const path = `/user/tokens/${apiToken.id}`
    const read = await person.call('GET', path)
    expect(read.json()).toEqual(apiToken)
    expect((await (await administrator()).call('GET', path)).statusCode).toBe(404)

    const headers = { 'if-match': read.headers['etag'] ?? '' }
    expect((await person.call('DELETE', path, { headers })).statusCode).toBe(204)
    expect((await person.call('GET', path)).statusCode).toBe(404)
  })

  test('may have no end, and only some of its user’s privileges', async () => {
    const person = await administrator()
    const { token, apiToken } = await makeToken(person, {
      ...nightly,
      lifetimeDays: null,
      scopes: ['atom-management-read-access'],
    })
    expect(apiToken).toMatchObject({ expiresAt: null, scopes: ['atom-management-read-access', 'api-access'] })
    expect((await use(token, '/environments')).statusCode).toBe(200)
    expect((await use(token)).statusCode).toBe(403)
  })

  test('is not replayed: the same request again tells of the token without it, and makes none', async () => {
    const person = await administrator()
    const send = () =>
      person.call('POST', '/user/tokens', {
        body: nightly,
        headers: { 'idempotency-key': 'one-token-please' },
      })
    const first = (await send()).json<CreatedToken>()
    const again = await send()
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual({ ...first, token: null })
    expect(await tokensOf(person)).toHaveLength(1)
    const kept = await db.idempotencyRecord.findFirstOrThrow({ where: { userId: person.userId } })
    expect(JSON.stringify(kept.body)).not.toContain(first.token)
  })

  test('is revoked at once, once, and by its user only', async () => {
    const person = await administrator()
    const stranger = await administrator()
    const { token, apiToken } = await makeToken(person)
    const path = `/user/tokens/${apiToken.id}`
    expect((await stranger.call('DELETE', path)).json()).toMatchObject({ code: 'token-not-found' })
    expect((await use(token)).statusCode).toBe(200)

    expect((await person.call('DELETE', path)).statusCode).toBe(204)
    expect((await use(token)).statusCode).toBe(401)
    expect(await tokensOf(person)).toEqual([])
    expect((await person.call('DELETE', path)).statusCode).toBe(404)
  })

  test('is in the audit log from its making to its end, without itself', async () => {
    const person = await administrator()
    const { token, apiToken } = await makeToken(person)
    await person.call('DELETE', `/user/tokens/${apiToken.id}`)
    const entries = await db.auditEntry.findMany({
      where: { accountId: person.accountId },
      orderBy: { at: 'asc' },
    })
    expect(entries).toMatchObject([
      { action: 'user.token ADD', objectId: apiToken.id, after: { name: 'Nightly', scopes: null } },
      { action: 'user.token DELETE', objectId: apiToken.id, before: { name: 'Nightly' } },
    ])
    expect(JSON.stringify(entries)).not.toContain(token)
  })

  test('makes and revokes no tokens', async () => {
    const person = await administrator()
    const { token, apiToken } = await makeToken(person)
    for (const [method, url] of [
      ['GET', '/user/tokens'],
      ['POST', '/user/tokens'],
      ['DELETE', `/user/tokens/${apiToken.id}`],
    ] as const) {
      const response = await app.app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { authorization: `Bearer ${token}` },
        ...(method === 'POST' && { payload: nightly }),
      })
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({ code: 'in-person-only' })
    }
  })

  test('of a user who lost API Access or the place in the account says so, and can still be revoked', async () => {
    const person = await administrator()
    const { apiToken } = await makeToken(person)
    const { userId, accountId } = person
    const support = { userId, accountId, roleId: defaultRoleTable.support.id }
    await db.membership.deleteMany({ where: { userId } })
    await db.membership.create({ data: support })
    expect(await tokensOf(person)).toMatchObject([{ standing: 'no-api-access' }])

    const elsewhere = await createAccount(app)
    await db.membership.create({ data: { ...support, accountId: elsewhere } })
    await person.call('PUT', '/session/account', { body: { accountId: elsewhere } })
    await db.membership.deleteMany({ where: { userId, accountId } })
    expect(await tokensOf(person)).toMatchObject([{ standing: 'account-left', accountName: accountId }])
    expect((await person.call('DELETE', `/user/tokens/${apiToken.id}`)).statusCode).toBe(204)
  })

  test('that has expired, or whose account is suspended, says so', async () => {
    const person = await administrator()
    const { apiToken } = await makeToken(person)
    await db.$executeRaw`update "ApiToken" set "expiresAt" = now() where id = ${apiToken.id}::uuid`
    expect(await tokensOf(person)).toMatchObject([{ standing: 'expired' }])
    await db.$executeRaw`update "ApiToken" set "expiresAt" = null where id = ${apiToken.id}::uuid`

    const other = await createAccount(app)
    await db.membership.create({
      data: { userId: person.userId, accountId: other, roleId: defaultRoleTable.administrator.id },
    })
    await person.call('PUT', '/session/account', { body: { accountId: other } })
    await db.account.update({ where: { id: person.accountId }, data: { status: 'suspended' } })
    expect(await tokensOf(person)).toMatchObject([{ standing: 'account-suspended' }])
  })
})

describe('a token is refused', () => {
  test.each([
    [{ name: ' ' }, 422, 'token-name-empty', 'Give the token a name that tells later what it is for.'],
    [
      { name: 'x'.repeat(101) },
      422,
      'token-name-too-long',
      'The name of a token has at most 100 characters.',
    ],
    [
      { scopes: [] },
      422,
      'token-scopes-empty',
      'Choose at least one privilege for the token, or let it do whatever you may do.',
    ],
    [
      { scopes: ['everything'] },
      422,
      'token-scope-unknown',
      'One of the scopes is not the name of a privilege. Use names such as integration-pack.',
    ],
    [{ lifetimeDays: 31 }, 400, 'request-invalid', expect.stringContaining('lifetimeDays')],
    [{ tokenHash: 'x' }, 400, 'request-invalid', expect.any(String)],
    [{ userId: '00000000-0000-4000-8000-000000000000' }, 400, 'request-invalid', expect.any(String)],
  ])('%j', async (change, status, code, message) => {
    const person = await administrator()
    const response = await person.call('POST', '/user/tokens', { body: { ...nightly, ...change } })
    expect(response.statusCode).toBe(status)
    expect(response.json()).toMatchObject({ code, message })
    expect(await tokensOf(person)).toEqual([])
  })

  test('when it would be wider than its user, by name', async () => {
    const accountId = await createAccount(app)
    const person = await signInAs(app, { accountId, privileges: ['api-access', 'execute'] })
    const response = await person.call('POST', '/user/tokens', {
      body: { ...nightly, scopes: ['execute', 'integration-pack', 'user-management'] },
    })
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({
      code: 'token-scope-not-held',
      message:
        'A token cannot do more than you may yourself in this account: Integration Pack, User Management. Leave that out.',
    })
  })

  test('when there are fifty already, also of two that come at once', async () => {
    const person = await administrator()
    await db.$executeRaw`
      insert into "ApiToken" ("userId", "accountId", name, "tokenHash")
      select ${person.userId}::uuid, ${person.accountId}, 'Old', sha256((${person.userId} || n)::bytea)
      from generate_series(1, 49) n`
    const answers = await Promise.all(
      [1, 2].map(() => person.call('POST', '/user/tokens', { body: nightly })),
    )
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'too-many-tokens',
      message: 'You have 50 tokens that work. Revoke one that is not used any more first.',
    })
  })
})
