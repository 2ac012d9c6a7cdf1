import type { ManagedAccountRow, ManagedAccountView } from '@packline/contract/accounts.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Problem } from '@packline/contract/problem.ts'
import type { AccountFeature } from '@packline/domain/accounts/features.ts'
import { describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const primaryId = await createAccount(app)
const admin = await signInAs(app, { accountId: primaryId, role: 'administrator' })

const bodyOf = async <Body>(response: ReturnType<typeof admin.call>) => (await response).json<Body>()
const problemOf = async (response: ReturnType<typeof admin.call>) => {
  const answer = await response
  return { status: answer.statusCode, ...answer.json<Problem>() }
}
const create = (body: object) => bodyOf<ManagedAccountView>(admin.call('POST', '/accounts', { body }))
const edit = (accountId: string, body: object) => admin.call('PATCH', `/accounts/${accountId}`, { body })
const auditOf = (objectId: string, action: string) =>
  db.auditEntry.findMany({ where: { objectId, action }, orderBy: { accountId: 'asc' } })

describe('creating a managed account', () => {
  test('gives it an id made of its name and a place in All Accounts', async () => {
    const response = await admin.call('POST', '/accounts', {
      body: {
        name: ' Bluebird Logistics ',
        features: ['integration-pack-api', 'test-connection-licensing'],
        environmentSupport: 'UNLIMITED',
        status: 'trial',
        legacyDeployment: true,
      },
    })
    expect(response.statusCode).toBe(201)
    const account = response.json<ManagedAccountView>()
    expect(account).toMatchObject({
      name: 'Bluebird Logistics',
      status: 'trial',
      environmentSupport: 'UNLIMITED',
      legacyDeployment: true,
      userCount: 0,
      groups: [{ name: 'All Accounts', isDefault: true }],
      version: 1,
    })
    expect(account.id).toMatch(/^bluebird-[2-9A-Z]{6}$/)
    const on = account.features.filter(({ isOn }) => isOn).map(({ name }) => name)
    expect(on).toEqual(['integration-pack-api', 'unlimited-environments', 'test-connection-licensing'])
    const entries = await auditOf(account.id, 'account ADD')
    expect(entries.map(({ accountId }) => accountId).toSorted()).toEqual([primaryId, account.id].toSorted())
    expect(entries[0]).toMatchObject({ actorId: admin.userId, after: { name: 'Bluebird Logistics' } })
  })

  test('without more than a name it is a plain one', async () => {
    expect(await create({ name: 'Plain' })).toMatchObject({
      status: 'active',
      environmentSupport: 'BASIC',
      legacyDeployment: false,
    })
  })

  test('the same request again creates no second one', async () => {
    const headers = { 'idempotency-key': 'create-once-only' }
    const ask = () => admin.call('POST', '/accounts', { body: { name: 'Once' }, headers })
    const [first, again] = [await ask(), await ask()]
    expect(again.json()).toEqual(first.json())
    expect(await db.account.count({ where: { name: 'Once' } })).toBe(1)
  })

  test.each([
    [{ name: ' ' }, 422, 'name-empty', 'Give the account a name.'],
    [{ name: 'x'.repeat(256) }, 422, 'name-too-long', 'at most 255 characters'],
    [
      { name: 'A', features: ['multi-install'] },
      422,
      'feature-needs-another',
      'Multi-install integration packs needs Integration pack management.',
    ],
    [
      { name: 'A', features: ['integration-pack-management'] },
      422,
      'feature-needs-another',
      'Integration pack management needs Account groups.',
    ],
    [{ name: 'A', features: ['flying'] }, 422, 'feature-unknown', 'There is no feature “flying”.'],
    [{ name: 'A', status: 'suspended' }, 400, 'request-invalid', 'status'],
    [{ name: 'A', environmentSupport: 'SOME' }, 400, 'request-invalid', 'environmentSupport'],
    [{}, 400, 'request-invalid', 'name'],
  ])('%j is refused', async (body, status, code, words) => {
    const problem = await problemOf(admin.call('POST', '/accounts', { body }))
    expect(problem).toMatchObject({ status, code })
    expect(problem.message).toContain(words)
  })

  test('two of one name are refused, also when both come at once', async () => {
    await create({ name: 'Twice' })
    expect(await problemOf(admin.call('POST', '/accounts', { body: { name: 'TWICE' } }))).toMatchObject({
      status: 409,
      code: 'name-taken',
      fields: [{ path: 'name' }],
    })
    const both = await Promise.all(
      [1, 2].map(() => admin.call('POST', '/accounts', { body: { name: 'At once' } })),
    )
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
  })

  test('a publisher with account groups of its own gets its own All Accounts', async () => {
    const features: AccountFeature[] = ['integration-pack-management', 'account-groups']
    const publisher = await create({ name: 'Publisher', features })
    const groups = await db.accountGroup.findMany({ where: { primaryAccountId: publisher.id } })
    expect(groups).toMatchObject([{ name: 'All Accounts', isDefault: true }])
  })
})

describe('the list of managed accounts', async () => {
  const bigId = await createAccount(app)
  const owner = await signInAs(app, { accountId: bigId, role: 'administrator' })
  await db.account.createMany({
    data: Array.from({ length: 1_100 }, (_, index) => ({
      id: `store-${String(index).padStart(4, '0')}`,
      name: `Store ${String(index).padStart(4, '0')}`,
      primaryAccountId: bigId,
      status: index % 100 === 0 ? ('suspended' as const) : ('active' as const),
    })),
  })
  const list = (query: Record<string, string>) =>
    bodyOf<PageOf<ManagedAccountRow>>(owner.call('GET', '/accounts', { query }))

  test('comes by page, sorted, searched and filtered on the server', async () => {
    const last = await list({ page: '11', pageSize: '100', direction: 'desc' })
    expect(last.total).toBe(1_100)
    expect(last.rows.map(({ id }) => id).at(-1)).toBe('store-0000')
    expect(await list({ search: ' STORE 00', status: 'suspended' })).toMatchObject({
      total: 1,
      rows: [{ id: 'store-0000', status: 'suspended' }],
    })
    expect(await list({ search: 'store-0042' })).toMatchObject({ total: 1, rows: [{ name: 'Store 0042' }] })
    expect(await list({ search: '%' })).toMatchObject({ total: 0, rows: [] })
  })

  test('counts users, environments and installations, and leaves out what is over', async () => {
    await signInAs(app, { accountId: 'store-0001' })
    await db.environment.createMany({
      data: [
        { accountId: 'store-0001', name: 'Production', classification: 'PRODUCTION' },
        { accountId: 'store-0001', name: 'Gone', classification: 'PRODUCTION', deletedAt: new Date() },
      ],
    })
    await db.account.update({ where: { id: 'store-0002' }, data: { status: 'deleted' } })
    const { rows } = await list({ search: 'store 000' })
    expect(rows.map(({ id }) => id)).not.toContain('store-0002')
    expect(rows.find(({ id }) => id === 'store-0001')).toMatchObject({
      userCount: 1,
      environmentCount: 1,
      installationCount: 0,
    })
    expect((await owner.call('GET', '/accounts/store-0002')).statusCode).toBe(404)
  })
})

describe('editing a managed account', () => {
  test('saves what is given, says who did it, and audits both sides', async () => {
    const account = await create({ name: 'Before', features: ['process-library'] })
    const response = await edit(account.id, {
      name: 'After',
      environmentSupport: 'UNLIMITED',
      status: 'unlimited',
    })
    expect(response.json()).toMatchObject({
      name: 'After',
      status: 'unlimited',
      environmentSupport: 'UNLIMITED',
      version: 2,
      changedByName: 'Test Person',
    })
    expect(await auditOf(account.id, 'account EDIT')).toMatchObject([
      { before: { name: 'Before' }, after: { features: ['unlimited-environments', 'process-library'] } },
      { before: { name: 'Before' } },
    ])
    expect((await edit(account.id, { name: 'After' })).json()).toMatchObject({ version: 2 })
    expect(await auditOf(account.id, 'account EDIT')).toHaveLength(2)
  })

  test('a stale copy is refused with the account as it is now', async () => {
    const account = await create({ name: 'Stale' })
    await edit(account.id, { legacyDeployment: true })
    const problem = await problemOf(
      admin.call('PATCH', `/accounts/${account.id}`, {
        body: { name: 'Too late' },
        headers: { 'if-match': '"1"' },
      }),
    )
    expect(problem).toMatchObject({
      status: 412,
      code: 'account-changed',
      details: { current: { legacyDeployment: true, version: 2 } },
    })
  })

  test('a name that another one has is refused', async () => {
    const [one, other] = [await create({ name: 'First one' }), await create({ name: 'Second one' })]
    expect(await problemOf(edit(other.id, { name: one.name.toUpperCase() }))).toMatchObject({
      code: 'name-taken',
    })
    expect((await edit(other.id, { name: 'SECOND one' })).statusCode).toBe(200)
  })

  test('what the account has already stands in the way, in numbers', async () => {
    const account = await create({
      name: 'Busy',
      environmentSupport: 'UNLIMITED',
      features: ['test-connection-licensing', 'account-groups', 'integration-pack-management'],
    })
    const environment = await db.environment.create({
      data: { accountId: account.id, name: 'Test', classification: 'TEST' },
    })
    expect(
      await problemOf(edit(account.id, { features: ['account-groups', 'integration-pack-management'] })),
    ).toMatchObject({
      status: 409,
      code: 'licensing-with-test-environments',
    })
    const basic = { environmentSupport: 'BASIC', features: ['account-groups', 'integration-pack-management'] }
    expect(await problemOf(edit(account.id, basic))).toMatchObject({
      code: 'basic-with-test-environments',
      message: expect.stringContaining('1 test environment.') as string,
    })
    await db.environment.delete({ where: { id: environment.id } })
    const crowded = await db.environment.create({
      data: { accountId: account.id, name: 'Production', classification: 'PRODUCTION' },
    })
    await db.atom.createMany({
      data: ['One', 'Two'].map((name) => ({ accountId: account.id, name, environmentId: crowded.id })),
    })
    expect(await problemOf(edit(account.id, basic))).toMatchObject({
      code: 'basic-with-crowded-environments',
    })
    await db.atom.deleteMany({ where: { accountId: account.id } })
    expect((await edit(account.id, basic)).statusCode).toBe(200)

    await db.integrationPack.create({ data: { accountId: account.id, name: 'Own', type: 'SINGLE' } })
    expect(await problemOf(edit(account.id, { features: ['account-groups'] }))).toMatchObject({
      code: 'pack-management-with-packs',
    })
    await db.integrationPack.deleteMany({ where: { accountId: account.id } })
    const child = await createAccount(app, { primaryAccountId: account.id })
    expect(await problemOf(edit(account.id, { features: [] }))).toMatchObject({
      code: 'account-groups-with-accounts',
    })
    await db.account.update({ where: { id: child }, data: { status: 'deleted' } })
    await db.accountGroup.create({ data: { primaryAccountId: account.id, name: 'Own group' } })
    expect(await problemOf(edit(account.id, { features: [] }))).toMatchObject({
      code: 'account-groups-with-groups',
    })
  })

  test('Basic support waits for a test environment that is being made, and is refused', async () => {
    const features = ['test-connection-licensing', 'unlimited-environments']
    const account = await create({ name: 'Race', environmentSupport: 'UNLIMITED', features })
    const { sent } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from "Account" where id = ${account.id} for share`
      const response = edit(account.id, { environmentSupport: 'BASIC', features: [] })
      await untilSomeoneWaitsForALock(db)
      await tx.environment.create({ data: { accountId: account.id, name: 'Test', classification: 'TEST' } })
      return { sent: response }
    })
    expect(await problemOf(sent)).toMatchObject({ code: 'basic-with-test-environments' })
  })

  test('a test environment waits for Basic support that is being set, and is refused', async () => {
    const account = await create({
      name: 'Other race',
      environmentSupport: 'UNLIMITED',
      features: ['test-connection-licensing'],
    })
    const person = await signInAs(app, { accountId: account.id, role: 'administrator' })
    const { sent } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`update "Account" set "environmentSupport" = 'BASIC' where id = ${account.id}`
      const response = person.call('POST', '/environments', {
        body: { name: 'Test', classification: 'TEST' },
      })
      await untilSomeoneWaitsForALock(db)
      return { sent: response }
    })
    expect(await problemOf(sent)).toMatchObject({ code: 'test-needs-unlimited' })
  })
})
