import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const admin = await signInAs(app, { accountId, role: 'administrator' })
const elsewhere = await signInAs(app, { accountId: await createAccount(app), role: 'administrator' })

type Role = {
  id: string
  name: string
  label: string
  kind: string
  version: number
  privileges: string[]
  inherited: string[]
  mayGive: boolean
  parent: { id: string; label: string } | null
  uses: Record<string, string[]>
}
let made = 0
async function create(body: Record<string, unknown> = {}, by = admin) {
  const answer = await by.call('POST', '/roles', {
    body: { name: `Role ${++made}`, privileges: ['execute'], ...body },
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<Role>()
}
const entriesOf = (objectId: string) =>
  app.db.auditEntry.findMany({ where: { objectId }, orderBy: { at: 'asc' } })

describe('the list', () => {
  test('begins with the four default roles, then the own ones by name', async () => {
    await create({ name: 'bees' })
    await create({ name: 'Apples' })
    const { rows } = (await admin.call('GET', '/roles')).json<{ rows: Role[] }>()
    expect(rows.slice(0, 4).map(({ label, kind }) => [label, kind])).toEqual(
      Object.values(defaultRoleTable).map(({ label }) => [label, 'default']),
    )
    const own = rows.slice(4).map(({ label }) => label)
    expect(own.indexOf('Apples')).toBeLessThan(own.indexOf('bees'))
    expect(rows[0]?.privileges).toContain('user-management')
    expect(rows.every(({ mayGive }) => mayGive)).toBe(true)
  })

  test('finds by part of the name, a page at a time', async () => {
    await create({ name: 'Night watch A' })
    await create({ name: 'Night watch B' })
    const answer = await admin.call('GET', '/roles', {
      query: { filter: 'NIGHT wat', pageSize: '1', page: '2' },
    })
    expect(answer.json()).toMatchObject({ total: 2, rows: [{ name: 'Night watch B' }] })
  })

  test('holds nothing of another account', async () => {
    const role = await create()
    const { rows } = (await elsewhere.call('GET', '/roles')).json<{ rows: Role[] }>()
    expect(rows.map(({ id }) => id)).not.toContain(role.id)
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', { name: 'Mine', privileges: [] }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await elsewhere.call(method, `/roles/${role.id}`, { body })
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'role-not-found' })
    }
  })
})

describe('a custom role', () => {
  test('inherits, and shows what is given by its parent', async () => {
    const parent = await create({ privileges: ['execute', 'view-data'] })
    const child = await create({ parentRoleId: parent.id, privileges: ['execute', 'licensing'] })
    expect(child).toMatchObject({
      parent: { id: parent.id, label: parent.name },
      inherited: ['execute', 'view-data'],
      privileges: ['execute', 'view-data', 'licensing'],
    })
    const stored = await app.db.role.findUniqueOrThrow({ where: { id: child.id } })
    expect(stored.privileges).toEqual(['licensing'])
    const [entry] = await entriesOf(child.id)
    expect(entry).toMatchObject({
      action: 'role ADD',
      actorId: admin.userId,
      after: { privileges: ['licensing'], parentRoleId: parent.id },
    })
  })

  test('changes with an ETag; who has an old one is shown the current state', async () => {
    const role = await create()
    const read = await admin.call('GET', `/roles/${role.id}`)
    const headers = { 'if-match': String(read.headers.etag) }
    const body = { name: 'Renamed', description: 'For nights', privileges: ['view-data'] }
    const saved = await admin.call('PUT', `/roles/${role.id}`, { body, headers })
    expect(saved.json()).toMatchObject({ name: 'Renamed', version: 2, privileges: ['view-data'] })
    expect((await entriesOf(role.id))[1]).toMatchObject({
      action: 'role UPDATE',
      before: { name: role.name, privileges: ['execute'] },
      after: { name: 'Renamed', description: 'For nights', privileges: ['view-data'] },
    })

    const late = await admin.call('PUT', `/roles/${role.id}`, { body: { ...body, name: 'Late' }, headers })
    expect(late.statusCode).toBe(412)
    expect(late.json()).toMatchObject({ code: 'role-changed', details: { current: { name: 'Renamed' } } })
    expect((await admin.call('DELETE', `/roles/${role.id}`, { headers })).statusCode).toBe(412)
  })

  test.each([
    [{ name: ' ' }, 422, 'name-empty'],
    [{ name: 'x'.repeat(101) }, 422, 'name-too-long'],
    [{ name: 'Support' }, 422, 'name-reserved'],
    [{ name: 'Taken' }, 409, 'name-taken'],
    [{ description: 'x'.repeat(501) }, 422, 'description-too-long'],
    [{ privileges: ['fly'] }, 422, 'privilege-unknown'],
    [{ parentRoleId: '00000000-0000-4000-8000-000000000000' }, 422, 'parent-unknown'],
  ])('%j is refused', async (change, status, code) => {
    await admin.call('POST', '/roles', { body: { name: 'tAKEN', privileges: [] } })
    const answer = await admin.call('POST', '/roles', {
      body: { name: 'New', privileges: [], ...change },
    })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code])
    expect(await app.db.role.count({ where: { accountId, name: 'New' } })).toBe(0)
  })

  test('cannot inherit from one of another account', async () => {
    const foreign = await create({}, elsewhere)
    const answer = await admin.call('POST', '/roles', {
      body: { name: 'Heir', privileges: [], parentRoleId: foreign.id },
    })
    expect(answer.json()).toMatchObject({ code: 'parent-unknown' })
  })

  test('cannot inherit from its own heirs', async () => {
    const top = await create()
    const middle = await create({ parentRoleId: top.id })
    const bottom = await create({ parentRoleId: middle.id })
    const answer = await admin.call('PUT', `/roles/${top.id}`, {
      body: { name: top.name, privileges: [], parentRoleId: bottom.id },
    })
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'parent-is-descendant' })
  })

  test('default roles are read only', async () => {
    const { id } = defaultRoleTable.support
    const answer = await admin.call('PUT', `/roles/${id}`, { body: { name: 'Mine', privileges: [] } })
    expect(answer.json()).toMatchObject({ code: 'role-read-only' })
    expect((await admin.call('DELETE', `/roles/${id}`)).json()).toMatchObject({ code: 'role-read-only' })
  })
})

describe('nobody makes a role that gives more than they hold', () => {
  test('new, wider, or by a parent', async () => {
    const limited = await signInAs(app, { accountId, privileges: ['user-management', 'execute'] })
    const wide = await create({ privileges: ['integration-pack'] })
    for (const body of [
      { name: 'Wide', privileges: ['integration-pack'] },
      { name: 'Wide', privileges: [], parentRoleId: wide.id },
      { name: 'Wide', privileges: [], parentRoleId: defaultRoleTable.administrator.id },
    ]) {
      const answer = await limited.call('POST', '/roles', { body })
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({ code: 'privileges-not-held' })
      expect(answer.json<{ message: string }>().message).toContain('Integration Pack')
    }
    const own = await create({ name: 'Narrow' }, limited)
    const widened = await limited.call('PUT', `/roles/${own.id}`, {
      body: { name: 'Narrow', privileges: ['execute', 'licensing'] },
    })
    expect(widened.json()).toMatchObject({ code: 'privileges-not-held' })
    const renamed = await limited.call('PUT', `/roles/${wide.id}`, {
      body: { name: 'Still wide', privileges: ['integration-pack'] },
    })
    expect(renamed.statusCode).toBe(200)
    expect(renamed.json()).toMatchObject({ mayGive: false })
  })
})

describe('the last who manage users', () => {
  test('do not lose that by a change of their role, nor of one it inherits from', async () => {
    const alone = await createAccount(app)
    const first = await signInAs(app, { accountId: alone, role: 'administrator' })
    const base = await create({ name: 'Base', privileges: ['user-management', 'execute'] }, first)
    const heir = await create({ name: 'Heir', privileges: [], parentRoleId: base.id }, first)
    await app.db.membership.updateMany({ where: { accountId: alone }, data: { roleId: heir.id } })
    for (const [role, body] of [
      [base, { name: 'Base', privileges: ['execute'] }],
      [heir, { name: 'Heir', privileges: ['execute'] }],
    ] as const) {
      const answer = await first.call('PUT', `/roles/${role.id}`, { body })
      expect(answer.statusCode).toBe(409)
      expect(answer.json()).toMatchObject({ code: 'last-administrator' })
    }
    const second = await signInAs(app, { accountId: alone, role: 'administrator' })
    const answer = await second.call('PUT', `/roles/${base.id}`, {
      body: { name: 'Base', privileges: ['execute'] },
    })
    expect(answer.statusCode).toBe(200)
  })
})

test('a repeated request makes one role', async () => {
  const headers = { 'idempotency-key': 'role-once-0001' }
  const body = { name: 'Once', privileges: [] }
  const first = await admin.call('POST', '/roles', { body, headers })
  const again = await admin.call('POST', '/roles', { body, headers })
  expect(again.json<Role>().id).toBe(first.json<Role>().id)
  expect(await app.db.role.count({ where: { accountId, name: 'Once' } })).toBe(1)
})
