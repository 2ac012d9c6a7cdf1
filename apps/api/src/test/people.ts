import { randomBytes } from 'node:crypto'
import { defaultRoleTable, type DefaultRole, type Privilege } from '@packline/domain/access/privileges.ts'
import { type AccountFeature, featureTable } from '@packline/domain/accounts/features.ts'
import { hashPassword } from '../platform/password-hash.ts'
import { hashToken, newToken, sessionCookie } from '../platform/session-token.ts'
import { callerOf, type TestApp } from './test-app.ts'

/** A new account with everything switched on, unless said otherwise. */
export async function createAccount(
  { db }: TestApp,
  { features, primaryAccountId }: { features?: readonly AccountFeature[]; primaryAccountId?: string } = {},
) {
  const id = `account-${randomBytes(4).toString('hex')}`
  await db.account.create({
    data: {
      id,
      name: `Account ${id}`,
      features: [...(features ?? Object.keys(featureTable))],
      ...(primaryAccountId && { primaryAccountId }),
    },
  })
  return id
}

type Person = {
  accountId: string
  role?: DefaultRole
  /** Instead of a default role: a role of the account's own with just these. */
  privileges?: readonly Privilege[]
  timeZone?: string | null
}

/** Somebody with that role in that account, already signed in; `call` sends requests as their browser. */
export async function signInAs(
  test: TestApp,
  { accountId, role = 'standard-user', privileges, timeZone = 'Europe/Berlin' }: Person,
) {
  const { db, app } = test
  const email = `${randomBytes(5).toString('hex')}@example.test`
  const user = await db.user.create({
    data: { email, firstName: 'Test', lastName: 'Person', passwordHash: 'none', timeZone },
  })
  const roleId = privileges
    ? (await db.role.create({ data: { accountId, name: `Role ${email}`, privileges: [...privileges] } })).id
    : defaultRoleTable[role].id
  await db.membership.create({ data: { userId: user.id, accountId, roleId } })
  const cookie = await beginSession(test, user.id, accountId)
  return { userId: user.id, email, accountId, cookie, call: callerOf(app, cookie) }
}

/** Another session of a user, as its cookie. */
async function beginSession({ db }: TestApp, userId: string, accountId: string) {
  const token = newToken()
  const expiresAt = new Date('2100-01-01T00:00:00Z')
  await db.session.create({ data: { tokenHash: hashToken(token), userId, accountId, expiresAt } })
  return `${sessionCookie(false)}=${token}`
}

/** Calls as that user without end: before a session has asked too often, another one goes on. */
export function tirelessCaller(
  test: TestApp,
  { userId, accountId }: { userId: string; accountId: string },
): ReturnType<typeof callerOf> {
  let left = 0
  let call: Promise<ReturnType<typeof callerOf>>
  return async (...request) => {
    if (left === 0) {
      left = 1_000
      call = beginSession(test, userId, accountId).then((cookie) => callerOf(test.app, cookie))
    }
    left -= 1
    return (await call)(...request)
  }
}

/** Somebody who can sign in with this password and has the role in each of these accounts. */
export async function createUser(
  { db }: TestApp,
  {
    accountIds,
    password,
    role = 'standard-user',
  }: { accountIds: readonly string[]; password: string; role?: DefaultRole },
) {
  const email = `${randomBytes(5).toString('hex')}@example.test`
  const user = await db.user.create({
    data: { email, firstName: 'Test', lastName: 'Person', passwordHash: await hashPassword(password) },
  })
  const roleId = defaultRoleTable[role].id
  await db.membership.createMany({
    data: accountIds.map((accountId) => ({ userId: user.id, accountId, roleId })),
  })
  return { userId: user.id, email }
}

/** Lets a user work in managed accounts through a new account group of their primary account. */
export async function joinByGroup(
  { db }: TestApp,
  {
    userId,
    accountIds,
    role = 'standard-user',
  }: { userId: string; accountIds: string[]; role?: DefaultRole },
) {
  const { primaryAccountId } = await db.account.findUniqueOrThrow({ where: { id: accountIds[0] ?? '' } })
  const group = await db.accountGroup.create({
    data: { primaryAccountId: primaryAccountId ?? '', name: `Group ${randomBytes(4).toString('hex')}` },
  })
  await db.accountGroupAccount.createMany({
    data: accountIds.map((accountId) => ({ groupId: group.id, accountId })),
  })
  await db.accountGroupUser.create({ data: { groupId: group.id, userId, roleId: defaultRoleTable[role].id } })
  return group
}
