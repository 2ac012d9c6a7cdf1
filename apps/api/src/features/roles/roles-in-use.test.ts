import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const elsewhere = await signInAs(app, { accountId: await createAccount(app), role: 'administrator' })

type Role = { id: string; label: string }

async function create(body: Record<string, unknown>, by: typeof elsewhere) {
  const answer = await by.call('POST', '/roles', { body: { privileges: ['execute'], ...body } })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<Role>()
}
const entriesOf = (objectId: string) =>
  app.db.auditEntry.findMany({ where: { objectId }, orderBy: { at: 'asc' } })

test('names what keeps a role from being deleted, one after the other', async () => {
  const primary = await createAccount(app)
  const owner = await signInAs(app, { accountId: primary, role: 'administrator' })
  const managedId = await createAccount(app, { primaryAccountId: primary })
  const group = await app.db.accountGroup.create({ data: { primaryAccountId: primary, name: 'Retail' } })
  await app.db.accountGroupAccount.create({ data: { groupId: group.id, accountId: managedId } })
  const role = await create({ name: 'Kept' }, owner)
  const child = await create({ name: 'Child', parentRoleId: role.id }, owner)
  const roleId = role.id
  const { userId } = await signInAs(app, { accountId: primary, role: 'support' })
  const { userId: customer } = await signInAs(app, { accountId: managedId, role: 'support' })

  await app.db.membership.create({ data: { userId, accountId: primary, roleId } })
  await app.db.membership.create({ data: { userId: customer, accountId: managedId, roleId } })
  await app.db.invitation.create({
    data: {
      accountId: primary,
      email: 'new@example.com',
      roleIds: [roleId],
      tokenHash: Buffer.from('kept'),
      expiresAt: new Date('2100-01-01'),
    },
  })
  await app.db.accountGroupUser.create({ data: { groupId: group.id, userId, roleId } })
  await app.db.accountGroupRole.create({ data: { groupId: group.id, roleId } })
  await app.db.account.update({ where: { id: managedId }, data: { supportAccessRoleId: roleId } })

  const managedName = `Account ${managedId}`
  const undo = [
    [
      'role-held',
      ['Test Person', `users of ${managedName}`],
      () => app.db.membership.deleteMany({ where: { roleId } }),
    ],
    [
      'role-invited',
      ['new@example.com'],
      () => app.db.invitation.deleteMany({ where: { accountId: primary } }),
    ],
    ['role-held-in-groups', ['Retail'], () => app.db.accountGroupUser.deleteMany({ where: { roleId } })],
    ['role-shared', ['Retail'], () => app.db.accountGroupRole.deleteMany({ where: { roleId } })],
    ['role-is-parent', ['Child'], () => owner.call('DELETE', `/roles/${child.id}`)],
    [
      'role-is-support-access',
      [managedName],
      () => app.db.account.update({ where: { id: managedId }, data: { supportAccessRoleId: null } }),
    ],
  ] as const
  for (const [code, names, release] of undo) {
    const answer = await owner.call('DELETE', `/roles/${roleId}`)
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code, details: { names } })
    for (const name of names) expect(answer.json<{ message: string }>().message).toContain(name)
    await release()
  }
  expect((await owner.call('DELETE', `/roles/${roleId}`)).statusCode).toBe(204)
  const entries = await entriesOf(roleId)
  expect(entries.at(-1)).toMatchObject({ action: 'role DELETE', before: { name: 'Kept' } })
})

test('a role shared through an account group appears in the managed account as shared, to give and to look at, not to change', async () => {
  const primary = await createAccount(app)
  const owner = await signInAs(app, { accountId: primary, role: 'administrator' })
  const managedId = await createAccount(app, { primaryAccountId: primary })
  const customer = await signInAs(app, { accountId: managedId, role: 'administrator' })
  const group = await app.db.accountGroup.create({ data: { primaryAccountId: primary, name: 'All' } })
  await app.db.accountGroupAccount.create({ data: { groupId: group.id, accountId: managedId } })
  const base = await create({ name: 'Secret base', privileges: ['licensing'] }, owner)
  const role = await create({ name: 'Desk', parentRoleId: base.id }, owner)

  const labels = async () =>
    (await customer.call('GET', '/roles')).json<{ rows: Role[] }>().rows.map(({ label }) => label)
  expect(await labels()).not.toContain('Desk (shared)')
  await app.db.accountGroupRole.create({ data: { groupId: group.id, roleId: role.id } })
  expect(await labels()).toContain('Desk (shared)')
  expect(await labels()).not.toContain('Secret base (shared)')

  const seen = await customer.call('GET', `/roles/${role.id}`)
  expect(seen.json()).toMatchObject({
    kind: 'shared',
    parent: null,
    privileges: ['execute', 'licensing'],
    inherited: ['licensing'],
    changedByName: '',
    uses: { sharedWith: [], children: [] },
  })
  expect(seen.body).not.toContain('Secret base')
  const edited = await customer.call('PUT', `/roles/${role.id}`, { body: { name: 'Mine', privileges: [] } })
  expect(edited.json()).toMatchObject({ code: 'role-read-only' })

  const { userId } = await signInAs(app, { accountId: managedId, role: 'support' })
  const given = await customer.call('PUT', `/users/${userId}/roles`, { body: { roleIds: [role.id] } })
  expect(given.json()).toMatchObject({ roles: [{ id: role.id, label: 'Desk (shared)' }] })
  const stranger = await elsewhere.call('GET', `/roles/${role.id}`)
  expect(stranger.statusCode).toBe(404)
})
