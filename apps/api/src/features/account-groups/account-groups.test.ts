import { randomUUID } from 'node:crypto'
import type { AccountGroupView, RemovalPreview } from '@packline/contract/account-groups.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createGroupScene, type GroupScene, refusalOf } from '../../test/account-group-scene.ts'
import { installIn } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
let scene: GroupScene
let call: GroupScene['admin']['call']

beforeAll(async () => {
  scene = await createGroupScene(app)
  call = scene.admin.call
})

const auditOf = (objectId: string) =>
  db.auditEntry.findMany({ where: { objectId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })

describe('groups', () => {
  test('are listed with what is in them, All Accounts first', async () => {
    await scene.createGroup('Aardvarks', [scene.managed[0]])
    const list = (await call('GET', '/account-groups')).json<AccountGroupView[]>()
    expect(list).toMatchObject([
      { name: 'All Accounts', isDefault: true, accountCount: 2, packCount: 0 },
      { name: 'Aardvarks', isDefault: false, accountCount: 1, userCount: 0, autoSubscribeAlertLevel: 'NONE' },
    ])
  })

  test('are added, edited and deleted, each with its entry in the log, before and after', async () => {
    const added = await call('POST', '/account-groups', {
      body: { name: ' Retail\tcustomers ', autoSubscribeAlertLevel: 'WARNING' },
      headers: { 'idempotency-key': 'group-added-once' },
    })
    expect(added.statusCode).toBe(201)
    const group = added.json<AccountGroupView>()
    expect(group).toMatchObject({ name: 'Retail customers', autoSubscribeAlertLevel: 'WARNING', version: 1 })
    const again = await call('POST', '/account-groups', {
      body: { name: ' Retail\tcustomers ', autoSubscribeAlertLevel: 'WARNING' },
      headers: { 'idempotency-key': 'group-added-once' },
    })
    expect(again.json()).toEqual(group)

    const path = `/account-groups/${group.id}`
    const edited = await call('PATCH', path, { body: { name: 'Retail' }, headers: { 'if-match': '"1"' } })
    expect(edited.json()).toMatchObject({ name: 'Retail', autoSubscribeAlertLevel: 'WARNING', version: 2 })
    expect(edited.headers['etag']).toBe('"2"')
    expect((await call('GET', path)).headers['etag']).toBe('"2"')
    // The same again changes nothing and leaves no trace.
    await call('PATCH', path, { body: { name: 'Retail' } })
    expect((await call('DELETE', path)).statusCode).toBe(204)
    expect((await call('GET', path)).statusCode).toBe(404)
    expect(await auditOf(group.id)).toMatchObject([
      {
        action: 'as.accountgroup ADD',
        after: { name: 'Retail customers', autoSubscribeAlertLevel: 'WARNING' },
      },
      { action: 'as.accountgroup EDIT', before: { name: 'Retail customers' }, after: { name: 'Retail' } },
      { action: 'as.accountgroup DELETE', before: { name: 'Retail' } },
    ])
  })

  test.each([
    ['no name', { name: ' \n ' }, { status: 422, code: 'name-empty' }],
    ['256 characters', { name: 'x'.repeat(256) }, { status: 422, code: 'name-too-long' }],
    ['a name in other letters', { name: 'GROẞE ÄMTER' }, { status: 409, code: 'name-taken' }],
    [
      'no such level',
      { name: 'x', autoSubscribeAlertLevel: 'LOUD' },
      { status: 400, code: 'request-invalid' },
    ],
    ['something unknown', { name: 'x', isDefault: true }, { status: 400, code: 'request-invalid' }],
  ])('refused: %s', async (_what, body, expected) => {
    await call('POST', '/account-groups', { body: { name: 'Große Ämter' } })
    expect(await refusalOf(call('POST', '/account-groups', { body }))).toMatchObject(expected)
  })

  test('editing: a name taken, a version gone by, All Accounts', async () => {
    const group = await scene.createGroup(`Group ${randomUUID()}`)
    await scene.createGroup('Taken too')
    const path = `/account-groups/${group.id}`
    expect(await refusalOf(call('PATCH', path, { body: { name: 'taken TOO' } }))).toMatchObject({
      status: 409,
      code: 'name-taken',
    })
    const stale = await call('PATCH', path, { body: { name: 'New' }, headers: { 'if-match': '"7"' } })
    expect(stale.statusCode).toBe(412)
    expect(stale.json<Problem>()).toMatchObject({
      code: 'account-group-changed',
      details: { current: { id: group.id, version: 1 } },
    })
    expect((await call('DELETE', path, { headers: { 'if-match': '"7"' } })).statusCode).toBe(412)

    const all = `/account-groups/${scene.all.id}`
    expect(await refusalOf(call('PATCH', all, { body: { name: 'Everybody' } }))).toMatchObject({
      status: 422,
      code: 'default-name-fixed',
    })
    expect((await call('PATCH', all, { body: { autoSubscribeAlertLevel: 'ERROR' } })).statusCode).toBe(200)
    expect(await refusalOf(call('DELETE', all))).toMatchObject({ status: 409, code: 'default-group-stays' })
  })

  test('D-23 deleting says beforehand what it means, acts as un-sharing, and takes tokens given through it', async () => {
    const { pack, first, managed, primaryId } = scene
    const both = await scene.createGroup('Both', managed)
    const other = await scene.createGroup('Other', [managed[1]])
    for (const accountId of managed) {
      const { group } = await installIn(app, accountId, { packId: pack.id, releaseId: first.id })
      await db.accountGroup.delete({ where: { id: group.id } })
    }
    await scene.share(both.id, pack.id)
    await scene.share(other.id, pack.id)
    const helper = await signInAs(app, { accountId: primaryId, role: 'administrator' })
    await db.user.update({ where: { id: helper.userId }, data: { lastSignedInAt: new Date() } })
    const roles = await call('GET', `/account-groups/${both.id}/role-choices`)
    const [administrator] = roles.json<{ id: string; name: string }[]>()
    await call('POST', `/account-groups/${both.id}/users`, {
      body: { email: helper.email, roleIds: [administrator?.id] },
    })
    const token = (accountId: string, hash: string) =>
      db.apiToken.create({
        data: { userId: helper.userId, accountId, name: 'CI', tokenHash: Buffer.from(hash) },
      })
    const through = await token(managed[0], `a ${randomUUID()}`)
    const own = await token(primaryId, `b ${randomUUID()}`)

    const preview = await call('GET', `/account-groups/${both.id}/deletion-preview`)
    expect(preview.json<RemovalPreview>()).toEqual({
      sharing: {
        cutOff: { installations: 1, accounts: 1, packs: 1 },
        kept: { installations: 1, accounts: 1 },
      },
      users: 1,
      sharedRoleUsers: 0,
    })
    expect((await call('DELETE', `/account-groups/${both.id}`)).statusCode).toBe(204)
    expect(await db.installation.count({ where: { packId: pack.id, uninstalledAt: null } })).toBe(2)
    expect(await db.apiToken.findUniqueOrThrow({ where: { id: through.id } })).toMatchObject({
      revokedAt: expect.any(Date),
    })
    expect(await db.apiToken.findUniqueOrThrow({ where: { id: own.id } })).toMatchObject({ revokedAt: null })
    expect(await auditOf(through.id)).toMatchObject([
      { action: 'user.token DELETE', accountId: managed[0], before: { name: 'CI', userId: helper.userId } },
    ])
    const log = await auditOf(both.id)
    expect(log.find(({ action }) => action === 'as.accountgroup.resource DELETE NONE')).toMatchObject({
      before: { group: 'Both', packId: pack.id },
    })
    expect(log.find(({ action }) => action === 'as.accountgroup DELETE')).toMatchObject({
      before: { packIds: [pack.id], userIds: [helper.userId] },
    })
  })
})

describe('of somebody else', () => {
  test('nothing is found, by any route, and nothing changes', async () => {
    const stranger = await signInAs(app, { accountId: await createAccount(app), role: 'administrator' })
    const group = await scene.createGroup(`Group ${randomUUID()}`, [scene.managed[0]])
    const path = `/account-groups/${group.id}`
    const accountIds = [scene.managed[0]]
    const packIds = [scene.pack.id]
    const roleIds = [randomUUID()]
    const calls = [
      ['GET', path],
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path],
      ['GET', `${path}/deletion-preview`],
      ['GET', `${path}/accounts`],
      ['GET', `${path}/addable-accounts`],
      ['POST', `${path}/accounts`, { accountIds }],
      ['POST', `${path}/account-removals/preview`, { accountIds }],
      ['POST', `${path}/account-removals`, { accountIds }],
      ['GET', `/account-groups/accounts/${scene.managed[0]}/groups`],
      ['GET', `/account-groups/accounts/${scene.managed[0]}/users`],
      ['GET', `${path}/users`],
      ['GET', `${path}/addable-users`],
      ['GET', `${path}/role-choices`],
      ['POST', `${path}/users`, { email: stranger.email, roleIds }],
      ['PATCH', `${path}/users/${scene.admin.userId}`, { roleIds }],
      ['DELETE', `${path}/users/${scene.admin.userId}`],
      ['GET', `/account-groups/users/${scene.admin.userId}/groups`],
      ['GET', `${path}/integration-packs`],
      ['GET', `${path}/shareable-packs`],
      ['POST', `${path}/integration-packs`, { packIds }],
      ['POST', `${path}/pack-removals/preview`, { packIds }],
      ['POST', `${path}/pack-removals`, { packIds }],
      ['GET', `${path}/roles`],
      ['POST', `${path}/roles`, { roleIds }],
      ['DELETE', `${path}/roles/${randomUUID()}`],
    ] as const
    for (const [method, url, body] of calls) {
      const answer = await stranger.call(method, url, { body })
      expect(answer.statusCode, `${method} ${url} ${answer.body}`).toBe(404)
      expect(answer.body).not.toContain(group.name)
    }
    expect((await stranger.call('GET', '/account-groups')).json<AccountGroupView[]>()).toHaveLength(1)
    expect((await call('GET', path)).json()).toMatchObject({ name: group.name, accountCount: 1, version: 2 })
  })
})
