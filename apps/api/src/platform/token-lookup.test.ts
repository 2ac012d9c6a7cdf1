import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { hashToken, newToken } from './session-token.ts'

const app = await createTestApp()
const { db } = app

type TokenFacts = { role?: 'administrator' | 'standard-user'; scopes?: string[]; minutesLeft?: number }

async function personWithToken({ role = 'administrator', scopes, minutesLeft = 60 }: TokenFacts = {}) {
  const person = await signInAs(app, { accountId: await createAccount(app), role })
  const secret = newToken()
  await db.$executeRaw`
    insert into "ApiToken" ("userId", "accountId", name, "tokenHash", scopes, "expiresAt")
    values (${person.userId}::uuid, ${person.accountId}, 'script', ${hashToken(secret)}, ${scopes ?? null}::text[],
      now() + ${minutesLeft} * interval '1 minute')`
  return { ...person, secret }
}

const call = (authorization: string, url = '/api/v1/integration-packs', method: 'GET' | 'POST' = 'GET') =>
  app.app.inject({ method, url, headers: { authorization }, ...(method === 'POST' && { payload: {} }) })
const bearer = (secret: string) => `Bearer ${secret}`
const basic = (user: string, secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`

describe('an API token', () => {
  test('works as Bearer and, under its user’s address, in HTTP Basic', async () => {
    const { secret, email } = await personWithToken()
    expect((await call(bearer(secret))).statusCode).toBe(200)
    expect((await call(basic(`BOOMI_TOKEN.${email}`, secret))).statusCode).toBe(200)
    expect((await call(basic(`boomi_token.${email.toUpperCase()}`, secret))).statusCode).toBe(200)
  })

  test('needs no header that only browsers have to send, and is no way round what the body must be', async () => {
    const { secret } = await personWithToken()
    const response = await call(bearer(secret), '/api/v1/integration-packs', 'POST')
    expect(response.statusCode).toBe(400)
  })

  test('is unknown under another address, once it has expired, once it is revoked, and as a hash', async () => {
    const { secret, userId } = await personWithToken()
    const expired = await personWithToken({ minutesLeft: -1 })
    const stranger = await personWithToken()
    const hash = hashToken(secret).toString('base64url')
    await db.$executeRaw`update "ApiToken" set "revokedAt" = now() where "userId" = ${userId}::uuid`
    for (const authorization of [
      bearer(secret),
      bearer(expired.secret),
      bearer(hash),
      bearer(''),
      basic('BOOMI_TOKEN.nobody@example.test', stranger.secret),
      basic(`BOOMI_TOKEN.${stranger.email}`, 'wrong'),
    ]) {
      const response = await call(authorization)
      expect(response.statusCode).toBe(401)
      expect(response.json()).toMatchObject({ code: 'token-unknown' })
    }
  })

  test('ends with its user’s place in the account', async () => {
    const { secret, userId } = await personWithToken()
    await db.membership.deleteMany({ where: { userId } })
    expect((await call(bearer(secret))).statusCode).toBe(401)
  })

  test('needs API Access, and does no more than its scopes', async () => {
    const without = await personWithToken({ role: 'standard-user' })
    expect((await call(bearer(without.secret))).json()).toMatchObject({
      message: 'API tokens need the privilege API Access. Ask an administrator of this account.',
    })
    const narrow = await personWithToken({ scopes: ['atom-management-read-access'] })
    expect((await call(bearer(narrow.secret), '/api/v1/environments')).statusCode).toBe(200)
    expect((await call(bearer(narrow.secret))).statusCode).toBe(403)
  })

  test('does nothing that asks for the person', async () => {
    const { secret } = await personWithToken()
    for (const url of ['/api/v1/session', '/api/v1/user/sessions']) {
      const response = await call(bearer(secret), url)
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({ code: 'in-person-only' })
    }
  })

  test('is written into the audit log beside its user', async () => {
    const { secret, userId, accountId } = await personWithToken()
    const response = await app.app.inject({
      method: 'POST',
      url: '/api/v1/integration-packs',
      headers: { authorization: bearer(secret) },
      payload: { name: 'By a script', type: 'SINGLE', description: '' },
    })
    expect(response.statusCode).toBe(201)
    const token = await db.apiToken.findFirstOrThrow({ where: { userId } })
    const [entry] = await db.auditEntry.findMany({ where: { accountId } })
    expect(entry).toMatchObject({ actorKind: 'TOKEN', actorId: userId, tokenId: token.id, source: 'API' })
    expect(token.lastUsedAt).not.toBeNull()
  })
})

describe('R-52 access through an account group', async () => {
  const primary = await createAccount(app)
  const managed = await createAccount(app, { primaryAccountId: primary })
  const group = await db.accountGroup.create({ data: { primaryAccountId: primary, name: 'Care' } })
  await db.accountGroupAccount.create({ data: { groupId: group.id, accountId: managed } })

  /** A user of the primary account, at work in the managed account by the group's role. */
  async function careTaker() {
    const person = await signInAs(app, { accountId: primary, role: 'support' })
    await db.accountGroupUser.create({
      data: { groupId: group.id, userId: person.userId, roleId: defaultRoleTable.administrator.id },
    })
    const response = await person.call('PUT', '/session/account', { body: { accountId: managed } })
    expect(response.statusCode, response.body).toBe(200)
    return { ...person, privileges: response.json<{ privileges: string[] }>().privileges }
  }

  test('the group’s role works in the group’s accounts', async () => {
    const person = await careTaker()
    expect(person.privileges).toContain('environment-management')
    const body = { name: `Made by ${person.email}`, classification: 'PRODUCTION' }
    expect((await person.call('POST', '/environments', { body })).statusCode).toBe(201)
  })

  test('the Support Access Role caps it', async () => {
    const capped = await db.role.create({
      data: { accountId: managed, name: 'Look only', privileges: ['atom-management-read-access'] },
    })
    await db.account.update({ where: { id: managed }, data: { supportAccessRoleId: capped.id } })
    const person = await careTaker()
    expect(person.privileges).toEqual(['atom-management-read-access'])
    await db.account.update({ where: { id: managed }, data: { supportAccessRoleId: null } })
  })

  test('direct access wins, also where it gives less', async () => {
    const person = await careTaker()
    await db.membership.create({
      data: { userId: person.userId, accountId: managed, roleId: defaultRoleTable.support.id },
    })
    const response = await person.call('GET', '/session')
    expect(response.json<{ privileges: string[] }>().privileges).not.toContain('environment-management')
  })

  test('an account that leaves the group is out of reach at once', async () => {
    const person = await careTaker()
    await db.accountGroupAccount.deleteMany({
      where: { accountId: managed, group: { isDefault: false } },
    })
    expect((await person.call('GET', '/environments')).json()).toMatchObject({ code: 'account-not-chosen' })
  })
})

test('a custom role gives what its parents give, and its own', async () => {
  const accountId = await createAccount(app)
  const parent = await db.role.create({
    data: {
      accountId,
      name: 'Parent',
      privileges: ['view-audit-logs'],
      parentRoleId: defaultRoleTable.support.id,
    },
  })
  const child = await db.role.create({
    data: { accountId, name: 'Child', privileges: ['api-access'], parentRoleId: parent.id },
  })
  const person = await signInAs(app, { accountId, privileges: [] })
  await db.membership.create({ data: { userId: person.userId, accountId, roleId: child.id } })
  const { privileges } = (await person.call('GET', '/session')).json<{ privileges: string[] }>()
  expect(new Set(privileges)).toEqual(
    new Set(['api-access', 'view-audit-logs', 'execute', 'view-results', 'view-data', 'licensing']),
  )
})
