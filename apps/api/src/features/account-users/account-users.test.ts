import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { hashToken, newToken } from '../../platform/session-token.ts'
import { setClock } from '../../test/clock.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { administrator, support } = defaultRoleTable
const standard = defaultRoleTable['standard-user']

async function scene() {
  const accountId = await createAccount(app)
  const admin = await signInAs(app, { accountId, role: 'administrator' })
  const user = await signInAs(app, { accountId, role: 'support' })
  return { accountId, admin, user }
}
const lastEntry = (accountId: string) =>
  app.db.auditEntry.findFirstOrThrow({ where: { accountId }, orderBy: [{ at: 'desc' }, { id: 'desc' }] })

type Row = {
  id: string
  email: string
  isYou: boolean
  isLastAdministrator: boolean
  lockedUntil: string | null
}
const listOf = async (admin: Awaited<ReturnType<typeof scene>>['admin'], query = {}) =>
  (await admin.call('GET', '/users', { query })).json<{ rows: Row[]; total: number }>()

describe('the users of an account', () => {
  test('are listed with their roles, by name, and nobody else', async () => {
    const { accountId, admin, user } = await scene()
    await app.db.user.update({
      where: { id: user.userId },
      data: { firstName: 'Ada', lastName: 'Lovelace', lastSignedInAt: new Date('2026-05-01T08:00:00Z') },
    })
    await scene()
    const { rows, total } = await listOf(admin)
    expect(total).toBe(2)
    expect(rows).toMatchObject([
      {
        id: user.userId,
        email: user.email,
        lastSignedInAt: '2026-05-01T08:00:00.000Z',
        roles: [{ id: support.id, label: 'Support' }],
        isYou: false,
        isLastAdministrator: false,
      },
      { id: admin.userId, isYou: true, isLastAdministrator: true },
    ])
    await signInAs(app, { accountId, role: 'administrator' })
    expect((await listOf(admin)).rows.some(({ isLastAdministrator }) => isLastAdministrator)).toBe(false)
  })

  test('are found by name, address or role, a page at a time', async () => {
    const { admin, user } = await scene()
    await app.db.user.update({ where: { id: user.userId }, data: { firstName: 'Grace', lastName: 'Hopper' } })
    for (const filter of ['grace hop', user.email.toUpperCase().slice(0, 8)]) {
      expect((await listOf(admin, { filter })).rows.map(({ id }) => id)).toEqual([user.userId])
    }
    const held = await listOf(admin, { roleId: administrator.id })
    expect(held.rows.map(({ id }) => id)).toEqual([admin.userId])
    const second = await listOf(admin, { page: '2', pageSize: '1' })
    expect(second).toMatchObject({ total: 2, rows: [{ isYou: true }] })
    expect((await listOf(admin, { filter: '%' })).rows).toEqual([])
  })

  test('who come through an account group are not among them', async () => {
    const { accountId: primary, user: groupUser } = await scene()
    const managedId = await createAccount(app, { primaryAccountId: primary })
    const customer = await signInAs(app, { accountId: managedId, role: 'administrator' })
    const group = await app.db.accountGroup.create({ data: { primaryAccountId: primary, name: 'All' } })
    await app.db.accountGroupAccount.create({ data: { groupId: group.id, accountId: managedId } })
    await app.db.accountGroupUser.create({
      data: { groupId: group.id, userId: groupUser.userId, roleId: administrator.id },
    })
    expect((await listOf(customer)).total).toBe(1)
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['DELETE', '/lock'],
      ['POST', '/password-resets'],
    ] as const) {
      const answer = await customer.call(method, `/users/${groupUser.userId}${path}`)
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'user-not-found' })
    }
    // Nor do they count as its administrators.
    const alone = await customer.call('DELETE', `/users/${customer.userId}`)
    expect(alone.json()).toMatchObject({ code: 'last-administrator' })
  })
})

describe('changing roles', () => {
  test('sets several, with who did it and what was before', async () => {
    const { accountId, admin, user } = await scene()
    const answer = await admin.call('PUT', `/users/${user.userId}/roles`, {
      body: { roleIds: [standard.id, support.id] },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ roles: [{ label: 'Standard User' }, { label: 'Support' }] })
    expect(await lastEntry(accountId)).toMatchObject({
      action: 'user UPDATE ROLE',
      actorId: admin.userId,
      objectId: user.userId,
      before: { roles: [{ label: 'Support' }] },
      after: { roles: [{ label: 'Standard User' }, { label: 'Support' }] },
    })
    // At once, without signing in again.
    expect((await user.call('GET', '/components')).statusCode).toBe(200)
  })

  test('with an old ETag shows the roles as they are', async () => {
    const { admin, user } = await scene()
    const path = `/users/${user.userId}`
    const { etag } = (await admin.call('GET', path)).headers
    const headers = { 'if-match': String(etag) }
    const first = await admin.call('PUT', `${path}/roles`, { body: { roleIds: [standard.id] }, headers })
    expect(first.statusCode).toBe(200)
    const second = await admin.call('PUT', `${path}/roles`, { body: { roleIds: [support.id] }, headers })
    expect(second.statusCode).toBe(412)
    expect(second.json()).toMatchObject({
      code: 'user-changed',
      details: { current: { roles: [{ label: 'Standard User' }] } },
    })
  })

  test('is refused with nothing, with what the account does not have, and beyond whoever gives', async () => {
    const { accountId, user } = await scene()
    const limited = await signInAs(app, { accountId, privileges: ['user-management', 'execute'] })
    const foreign = await app.db.role.create({
      data: { accountId: await createAccount(app), name: 'Foreign', privileges: [] },
    })
    for (const [roleIds, status, code] of [
      [[], 422, 'no-role'],
      [[foreign.id], 422, 'role-unknown'],
      [[support.id, administrator.id], 403, 'privileges-not-held'],
    ] as const) {
      const answer = await limited.call('PUT', `/users/${user.userId}/roles`, { body: { roleIds } })
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code])
    }
    // Nor to oneself.
    const own = await limited.call('PUT', `/users/${limited.userId}/roles`, {
      body: { roleIds: [administrator.id] },
    })
    expect(own.json()).toMatchObject({ code: 'privileges-not-held' })
    expect(await app.db.membership.findMany({ where: { userId: user.userId } })).toMatchObject([
      { roleId: support.id },
    ])
  })

  test('leaves the last who manages users able to', async () => {
    const { admin } = await scene()
    const answer = await admin.call('PUT', `/users/${admin.userId}/roles`, {
      body: { roleIds: [support.id] },
    })
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'last-administrator' })
  })
})

describe('removing a user', () => {
  test('ends their sessions and tokens there, and nowhere else', async () => {
    const { accountId, admin, user } = await scene()
    const otherId = await createAccount(app)
    const { userId } = user
    await app.db.membership.create({ data: { userId, accountId: otherId, roleId: support.id } })
    const otherToken = newToken()
    await app.db.session.create({
      data: {
        tokenHash: hashToken(otherToken),
        userId,
        accountId: otherId,
        expiresAt: new Date('2100-01-01'),
      },
    })
    const secrets = { here: newToken(), there: newToken() }
    for (const [secret, home] of [
      [secrets.here, accountId],
      [secrets.there, otherId],
    ] as const) {
      await app.db.apiToken.create({
        data: { userId, accountId: home, name: 'Script', tokenHash: hashToken(secret) },
      })
    }

    const answer = await admin.call('DELETE', `/users/${userId}`)
    expect(answer.json()).toEqual({ endedSessions: 1, revokedTokens: 1, scheduledReleases: 0 })
    const told = await user.call('GET', '/session')
    expect(told.statusCode).toBe(401)
    expect(told.json()).toMatchObject({ code: 'not-signed-in' })
    const elsewhere = await callerOf(app.app, `packline=${otherToken}`)('GET', '/session')
    expect(elsewhere.json()).toMatchObject({ account: { id: otherId }, accounts: [{ id: otherId }] })
    const tokens = await app.db.apiToken.findMany({ where: { userId }, orderBy: { accountId: 'asc' } })
    const revoked = tokens.filter(({ revokedAt }) => revokedAt !== null).map((token) => token.accountId)
    expect(revoked).toEqual([accountId])

    expect(await lastEntry(accountId)).toMatchObject({
      action: 'user DELETE',
      objectId: userId,
      before: { email: user.email, roles: [{ label: 'Support' }] },
      after: { endedSessions: 1, revokedTokens: 1 },
    })
    expect((await admin.call('DELETE', `/users/${userId}`)).statusCode).toBe(404)
  })

  test('leaves the last who manages users, oneself included', async () => {
    const { accountId, admin } = await scene()
    const refused = await admin.call('DELETE', `/users/${admin.userId}`)
    expect(refused.json()).toMatchObject({ code: 'last-administrator' })
    await signInAs(app, { accountId, role: 'administrator' })
    expect((await admin.call('DELETE', `/users/${admin.userId}`)).statusCode).toBe(200)
    expect((await admin.call('GET', '/users')).statusCode).toBe(401)
  })

  test('of another account finds nobody', async () => {
    const { user } = await scene()
    const { admin: stranger } = await scene()
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '/roles', { roleIds: [support.id] }],
      ['DELETE', '', undefined],
      ['DELETE', '/lock', undefined],
    ] as const) {
      const answer = await stranger.call(method, `/users/${user.userId}${path}`, { body })
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'user-not-found'])
    }
    expect((await user.call('GET', '/session')).statusCode).toBe(200)
  })
})

test('the lock after bad sign-ins is shown, and lifted by an administrator', async () => {
  const { accountId, admin, user } = await scene()
  await setClock(app.db, '2026-05-04T10:00:00Z')
  const { userId: id } = user
  const locked = { failedSignIns: 6, lockedUntil: new Date('2026-05-04T10:14:00Z') }
  await app.db.user.update({ where: { id }, data: locked })
  const shown = await admin.call('GET', `/users/${id}`)
  expect(shown.json()).toMatchObject({ lockedUntil: '2026-05-04T10:14:00.000Z' })
  expect((await admin.call('DELETE', `/users/${id}/lock`)).statusCode).toBe(204)
  expect(await app.db.user.findUnique({ where: { id } })).toMatchObject({
    failedSignIns: 0,
    lockedUntil: null,
  })
  expect(await lastEntry(accountId)).toMatchObject({ action: 'user UNLOCK', actorId: admin.userId })

  // Whoever lifts it again and again helps somebody to guess.
  for (let times = 1; times < 10; times++) await admin.call('DELETE', `/users/${id}/lock`)
  const tooOften = await admin.call('DELETE', `/users/${id.toUpperCase()}/lock`)
  expect(tooOften.statusCode).toBe(429)
  expect(tooOften.json()).toMatchObject({ code: 'too-many-unlocks' })
})
