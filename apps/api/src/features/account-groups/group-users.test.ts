import { randomUUID } from 'node:crypto'
import type {
  AddableUser,
  GroupRole,
  GroupUser,
  SharedRole,
  UserGroups,
} from '@packline/contract/account-groups.ts'
import type { PageOf } from '@packline/contract/field.ts'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createGroupScene, type GroupScene, refusalOf } from '../../test/account-group-scene.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp({
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: '', address: 'packline@example.test' } },
  publicUrl: 'http://packline.example.test',
})
const { db } = app
let scene: GroupScene
let call: GroupScene['admin']['call']

beforeAll(async () => {
  scene = await createGroupScene(app)
  call = scene.admin.call
})

const support = defaultRoleTable.support.id
const administrator = defaultRoleTable.administrator.id

async function helper(hasSignedIn = true) {
  const person = await signInAs(app, { accountId: scene.primaryId, role: 'support' })
  if (hasSignedIn)
    await db.user.update({ where: { id: person.userId }, data: { lastSignedInAt: new Date() } })
  return person
}
const users = async (groupId: string, search = '') =>
  (await call('GET', `/account-groups/${groupId}/users`, { query: { search } })).json<PageOf<GroupUser>>()
const add = (groupId: string, email: string, roleIds: string[]) =>
  call('POST', `/account-groups/${groupId}/users`, { body: { email, roleIds } })
const logOf = (objectId: string) =>
  db.auditEntry.findMany({
    where: { objectId, action: { startsWith: 'as.accountgroup.user' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })

describe('users in a group', () => {
  test('R-52 are added with several roles, found, edited and removed, and work in its accounts meanwhile', async () => {
    const group = await scene.createGroup('Care', [scene.managed[0]])
    const person = await helper()
    const candidates = await call('GET', `/account-groups/${group.id}/addable-users`, {
      query: { search: person.email.toUpperCase() },
    })
    expect(candidates.json<PageOf<AddableUser>>()).toMatchObject({
      total: 1,
      rows: [{ userId: person.userId, hasSignedIn: true }],
    })
    const answer = await add(group.id, ` ${person.email.toUpperCase()} `, [support, administrator])
    expect(answer.json()).toMatchObject({ userCount: 1 })
    expect(await users(group.id, 'test pers')).toMatchObject({
      total: 1,
      rows: [{ email: person.email, roles: [{ name: 'Administrator' }, { name: 'Support' }] }],
    })
    expect(await users(group.id, 'nobody')).toMatchObject({ total: 0 })
    // By mail, to the address as the user has it.
    const mails = () => db.mail.findMany({ where: { toAddress: person.email } })
    expect(await mails()).toMatchObject([
      {
        subject: 'You may now work in the accounts of Care on Packline',
        text: expect.stringContaining(
          'account group Care on Packline, with the roles Administrator, Support.',
        ),
      },
    ])

    const enter = () => person.call('PUT', '/session/account', { body: { accountId: scene.managed[0] } })
    expect((await enter()).statusCode).toBe(200)
    expect((await person.call('GET', '/browse/integration-packs')).statusCode).toBe(200)

    const path = `/account-groups/${group.id}/users/${person.userId}`
    await call('PATCH', path, { body: { roleIds: [support] } })
    // The same again changes nothing.
    await call('PATCH', path, { body: { roleIds: [support] } })
    expect((await person.call('GET', '/browse/integration-packs')).statusCode).toBe(403)
    expect(await mails()).toHaveLength(1)
    const groups = await call('GET', `/account-groups/users/${person.userId}/groups`)
    expect(groups.json<UserGroups>()).toMatchObject({
      user: { email: person.email },
      groups: [{ id: group.id, name: 'Care', roles: [{ name: 'Support' }] }],
    })
    expect((await call('DELETE', path)).json()).toMatchObject({ userCount: 0 })
    expect((await enter()).statusCode).toBeGreaterThanOrEqual(400)
    expect((await call('DELETE', path)).statusCode).toBe(404)
    expect((await call('GET', `/account-groups/users/${person.userId}/groups`)).statusCode).toBe(404)
    expect(await logOf(group.id)).toMatchObject([
      { action: 'as.accountgroup.user ADD NONE', after: { roles: ['Administrator', 'Support'] } },
      {
        action: 'as.accountgroup.user UPDATE ROLE',
        before: { roles: ['Administrator', 'Support'] },
        after: { roles: ['Support'] },
      },
      { action: 'as.accountgroup.user DELETE NONE', before: { userId: person.userId, roles: ['Support'] } },
    ])
  })

  test('refused, each in its own words', async () => {
    const group = await scene.createGroup('Refusals')
    const person = await helper()
    const newcomer = await helper(false)
    const outsider = await signInAs(app, { accountId: scene.managed[0] })
    await add(group.id, person.email, [support])
    const other = (await helper()).email
    const cases: [string, string[], { status: number; code: string }][] = [
      ['nobody@example.test', [support], { status: 422, code: 'user-unknown' }],
      [outsider.email, [support], { status: 422, code: 'user-unknown' }],
      [newcomer.email, [support], { status: 409, code: 'user-never-signed-in' }],
      [person.email, [support], { status: 409, code: 'user-in-group' }],
      [other, [], { status: 422, code: 'roles-missing' }],
      [other, [randomUUID()], { status: 422, code: 'role-unknown' }],
    ]
    for (const [email, roleIds, refusal] of cases) {
      expect(await refusalOf(add(group.id, email, roleIds))).toMatchObject(refusal)
    }
    const missing = await refusalOf(
      call('PATCH', `/account-groups/${group.id}/users/${person.userId}`, { body: { roleIds: [] } }),
    )
    expect(missing).toMatchObject({ status: 422, code: 'roles-missing' })
    expect(await users(group.id)).toMatchObject({ total: 1 })
  })

  test('nobody gives what they do not have themselves, but may leave what is there', async () => {
    const group = await scene.createGroup('Escalation')
    const keeper = await signInAs(app, {
      accountId: scene.primaryId,
      privileges: ['account-group-management'],
    })
    const person = await helper()
    const path = `/account-groups/${group.id}/users`
    const refusal = await refusalOf(
      keeper.call('POST', path, { body: { email: person.email, roleIds: [administrator] } }),
    )
    expect(refusal).toMatchObject({ status: 403, code: 'role-beyond-own' })
    expect(refusal.message).toMatch(/^Administrator: /)
    await add(group.id, person.email, [administrator, support])
    const less = await keeper.call('PATCH', `${path}/${person.userId}`, {
      body: { roleIds: [administrator] },
    })
    expect(less.statusCode).toBe(200)
    expect(
      await refusalOf(keeper.call('PATCH', `${path}/${person.userId}`, { body: { roleIds: [support] } })),
    ).toMatchObject({ code: 'role-beyond-own' })
  })
})

describe('whoever is no user of the primary account any more', () => {
  test('has left its groups, with the tokens that they gave, and it is written down', async () => {
    const group = await scene.createGroup('Leavers', [scene.managed[0]])
    const person = await helper()
    await add(group.id, person.email, [administrator])
    const token = await db.apiToken.create({
      data: {
        userId: person.userId,
        accountId: scene.managed[0],
        name: 'CI',
        tokenHash: Buffer.from(randomUUID()),
      },
    })
    // Other roles are no leaving.
    await call('PUT', `/users/${person.userId}/roles`, { body: { roleIds: [administrator] } })
    expect(await users(group.id)).toMatchObject({ total: 1 })
    expect((await call('DELETE', `/users/${person.userId}`)).statusCode).toBeLessThan(300)
    expect(await users(group.id)).toMatchObject({ total: 0 })
    expect((await db.apiToken.findUniqueOrThrow({ where: { id: token.id } })).revokedAt).not.toBeNull()
    expect((await logOf(group.id)).at(-1)).toMatchObject({
      action: 'as.accountgroup.user DELETE NONE',
      before: { group: 'Leavers', userId: person.userId },
    })
  })
})

describe('roles', () => {
  test('to choose from are the four of every account and the own ones, with all privileges they give', async () => {
    const parent = await db.role.create({
      data: { accountId: scene.primaryId, name: 'Reader', privileges: ['view-results'] },
    })
    await db.role.create({
      data: {
        accountId: scene.primaryId,
        name: 'Runner',
        privileges: ['execute'],
        parentRoleId: parent.id,
        description: 'Runs and reads',
      },
    })
    const answer = await call('GET', `/account-groups/${scene.all.id}/role-choices`)
    const roles = answer.json<GroupRole[]>()
    expect(roles.slice(0, 4).map(({ name }) => name)).toEqual([
      'Administrator',
      'Production Support',
      'Standard User',
      'Support',
    ])
    const runner = roles.find(({ name }) => name === 'Runner')
    expect(runner).toMatchObject({ isDefault: false, description: 'Runs and reads' })
    expect(runner?.privileges.toSorted()).toEqual(['execute', 'view-results'])
  })

  test('whose loss would leave an account without an administrator stay', async () => {
    const managed = await createAccount(app, { primaryAccountId: scene.primaryId })
    const group = await scene.createGroup('Only administrators', [managed])
    const role = await db.role.create({
      data: { accountId: scene.primaryId, name: `Manager ${randomUUID()}`, privileges: ['user-management'] },
    })
    const path = `/account-groups/${group.id}`
    await call('POST', `${path}/roles`, { body: { roleIds: [role.id] } })
    const only = await signInAs(app, { accountId: managed, role: 'support' })
    await db.membership.create({ data: { userId: only.userId, accountId: managed, roleId: role.id } })
    const last = { status: 409, code: 'last-administrator' }
    expect(await refusalOf(call('DELETE', `${path}/roles/${role.id}`))).toMatchObject(last)
    expect(await refusalOf(call('DELETE', path))).toMatchObject(last)
    const leave = call('POST', `${path}/account-removals`, { body: { accountIds: [managed] } })
    expect(await refusalOf(leave)).toMatchObject(last)
    expect(await db.membership.count({ where: { userId: only.userId, roleId: role.id } })).toBe(1)
    await signInAs(app, { accountId: managed, role: 'administrator' })
    expect((await call('DELETE', path)).statusCode).toBe(204)
    expect(await db.membership.count({ where: { userId: only.userId } })).toBe(1)
  })

  test('are shared through a group once, counted in use, and taken out again', async () => {
    const group = await scene.createGroup('Shared roles', [scene.managed[0]])
    const role = await db.role.create({
      data: { accountId: scene.primaryId, name: `Shared ${randomUUID()}`, privileges: ['execute'] },
    })
    const path = `/account-groups/${group.id}/roles`
    const share = (...roleIds: string[]) => call('POST', path, { body: { roleIds } })
    expect((await share(role.id)).json()).toMatchObject({ roleCount: 1 })
    expect((await share(role.id)).json()).toMatchObject({ roleCount: 1 })
    expect(await refusalOf(share(support))).toMatchObject({ status: 422, code: 'default-role-everywhere' })
    expect(await refusalOf(share(randomUUID()))).toMatchObject({ status: 409, code: 'role-missing' })

    const local = await signInAs(app, { accountId: scene.managed[0] })
    await db.membership.create({
      data: { userId: local.userId, accountId: scene.managed[0], roleId: role.id },
    })
    expect((await call('GET', path)).json<SharedRole[]>()).toMatchObject([{ id: role.id, userCount: 1 }])
    expect((await call('DELETE', `${path}/${role.id}`)).json()).toMatchObject({ roleCount: 0 })
    const held = await db.membership.findMany({ where: { userId: local.userId } })
    expect(held.map(({ roleId }) => roleId)).not.toContain(role.id)
    expect(held).toHaveLength(1)
    expect(
      await db.auditEntry.findFirst({ where: { objectId: local.userId, action: 'user UPDATE ROLE' } }),
    ).toMatchObject({ accountId: scene.managed[0], before: { role: `${role.name} (shared)` } })
    expect((await call('DELETE', `${path}/${role.id}`)).statusCode).toBe(404)
    const log = await db.auditEntry.findMany({
      where: { objectId: group.id, action: { startsWith: 'as.accountgroup.resource' } },
    })
    expect(log).toMatchObject([{ after: { role: role.name } }, { before: { role: role.name } }])
  })
})
