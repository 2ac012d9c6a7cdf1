import { randomUUID } from 'node:crypto'
import { packageQuery } from '@packline/contract/packaged-components.ts'
import type { Privilege } from '@packline/domain/access/privileges.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { countStatements, createPackaged, createReleaseOf, installIn, scopeOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listPackages, packageListSql } from './packaged-components.views.ts'

const app = await createTestApp()
const { db } = app
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

type Row = {
  id: string
  componentName: string
  version: string
  deployedTo: number
  shareable: boolean | null
}
type Page = { rows: Row[]; total: number }

const list = async (query: Record<string, string> = {}, by = person) => {
  const response = await by.call('GET', '/packaged-components', { query })
  expect(response.statusCode).toBe(200)
  return response.json<Page>()
}

describe('the list', () => {
  test('searches, filters and sorts', async () => {
    const other = await signInAs(app, { accountId: await createAccount(app) })
    const orders = await createPackaged(app, other.accountId, {
      name: 'Orders_1',
      versions: ['1.0', '2.0', { version: '10.0', shareable: false }, { version: 'Gone', isDeleted: true }],
    })
    await createPackaged(app, other.accountId, {
      name: 'invoices',
      type: 'certificate',
      versions: [{ version: 'Beta%', shareable: false }],
    })
    const names = async (query: Record<string, string>) =>
      (await list(query, other)).rows.map(({ componentName, version }) => `${componentName} ${version}`)

    const byVersion = { sort: 'version', direction: 'asc' }
    expect(await names(byVersion)).toEqual([
      'Orders_1 1.0',
      'Orders_1 2.0',
      'Orders_1 10.0',
      'invoices Beta%',
    ])
    expect(await names({ sort: 'componentName', direction: 'asc', pageSize: '1' })).toEqual([
      'invoices Beta%',
    ])
    expect((await names({ sort: 'componentType', direction: 'asc' })).at(0)).toBe('invoices Beta%')
    expect((await names({ sort: 'sharing', direction: 'desc' })).slice(0, 2).sort()).toEqual([
      'Orders_1 1.0',
      'Orders_1 2.0',
    ])
    expect((await names({ sort: 'status', direction: 'desc', showDeleted: 'true' })).at(0)).toBe(
      'Orders_1 Gone',
    )
    expect(await names({ search: 'ORDERS_', ...byVersion })).toHaveLength(3)
    expect(await names({ search: '%' })).toEqual(['invoices Beta%'])
    expect(await names({ search: '0.' })).toEqual(['Orders_1 10.0'])
    expect(await names({ type: 'certificate' })).toEqual(['invoices Beta%'])
    expect(await names({ sharing: 'allowed', ...byVersion })).toEqual(['Orders_1 1.0', 'Orders_1 2.0'])
    expect(await names({ sharing: 'not-allowed' })).toEqual(['Orders_1 10.0'])
    expect(await names({ componentId: orders.id, showDeleted: 'true' })).toHaveLength(4)
    expect(await names({ packageId: orders.packages[1]?.id ?? '' })).toEqual(['Orders_1 2.0'])
  })

  test('shows what was made last first, and pages without losing what was made at the same time', async () => {
    const other = await signInAs(app, { accountId: await createAccount(app) })
    const at = new Date('2026-11-20T10:00:00Z')
    const { id, revisionId } = await createPackaged(app, other.accountId, { versions: [] })
    const common = { accountId: other.accountId, componentId: id, revisionId, componentName: 'x' }
    await db.packagedComponent.createMany({
      data: Array.from({ length: 7 }, (_, n) => ({
        ...common,
        ordinal: n + 1,
        version: `v${n}`,
        componentType: 'process' as const,
        createdAt: n === 6 ? new Date(at.getTime() + 1) : at,
      })),
    })
    const seen: string[] = []
    for (const page of ['1', '2', '3', '4']) {
      const { rows, total } = await list({ page, pageSize: '2' }, other)
      expect(total).toBe(7)
      seen.push(...rows.map(({ version }) => version))
    }
    expect(seen[0]).toBe('v6')
    expect(new Set(seen).size).toBe(7)
    expect((await list({ page: '5', pageSize: '2' }, other)).rows).toEqual([])
  })

  test('counts the environments that run a release with the package, each once', async () => {
    const { packages } = await createPackaged(app, accountId, {
      name: 'Deployed',
      versions: ['1.0', '2.0', '3.0'],
    })
    const [first, second, third] = packages
    if (!first || !second || !third) throw new Error('Three packages were made')
    const pack = await db.integrationPack.create({ data: { accountId, name: 'Deployed', type: 'SINGLE' } })
    const older = await createReleaseOf(app, pack.id, { content: [first] })
    const newer = await createReleaseOf(app, pack.id, { content: [second] })
    const customer = await createAccount(app)
    await installIn(app, customer, { packId: pack.id, releaseId: older.id, environments: 2 })
    const late = await installIn(app, await createAccount(app), { packId: pack.id, releaseId: newer.id })
    await installIn(app, await createAccount(app), { packId: pack.id, releaseId: newer.id })
    await db.attachment.updateMany({
      where: { installationId: late.installation.id },
      data: { detachedAt: new Date() },
    })
    // The same environment runs the older version through a second pack as well.
    const twin = await db.integrationPack.create({ data: { accountId, name: 'Twin', type: 'SINGLE' } })
    const twinRelease = await createReleaseOf(app, twin.id, { content: [first] })
    const { installation } = await installIn(app, customer, { packId: twin.id, releaseId: twinRelease.id })
    const shared = await db.attachment.findFirstOrThrow({ where: { packId: pack.id, accountId: customer } })
    await db.attachment.updateMany({
      where: { installationId: installation.id },
      data: { environmentId: shared.environmentId },
    })

    const rows = (await list({ search: 'Deployed', sort: 'version', direction: 'asc' })).rows
    expect(rows.map(({ deployedTo }) => deployedTo)).toEqual([2, 1, 0])
  })

  test.each([
    'sort=notes',
    'type=spaceship',
    'sharing=perhaps',
    'showDeleted=yes',
    'componentId=1',
    'pageSize=201',
  ])('refuses %s', async (query) => {
    expect((await person.call('GET', `/packaged-components?${query}`)).statusCode).toBe(400)
  })

  test('takes two statements, and finds the newest of 100,000 by an index', async () => {
    const owner = await createAccount(app)
    const { id, revisionId } = await createPackaged(app, owner, { versions: [] })
    await app.db.$executeRaw`
      insert into "PackagedComponent" (id, "accountId", "componentId", "revisionId", ordinal, version,
        "componentName", "componentType", "createdAt")
      select gen_random_uuid(), ${owner}, ${id}::uuid, ${revisionId}::uuid, n, n::text, 'Many', 'process',
        timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(1, 100000) n`
    await app.db.$executeRaw`analyze "PackagedComponent"`
    const query = packageQuery.parse({})
    const plan = await db.$queryRaw<
      { 'QUERY PLAN': string }[]
    >`explain ${packageListSql(scopeOf(owner), query)}`
    const text = plan.map((line) => line['QUERY PLAN']).join('\n')
    expect(text).toContain('Index Scan Backward using "PackagedComponent_accountId_createdAt_id_idx"')
    expect(text).not.toContain('Seq Scan on "PackagedComponent"')

    const counted = countStatements(db)
    const page = await listPackages(counted.db, scopeOf(owner), query)
    expect(page.total).toBe(100_000)
    expect(page.rows[0]?.version).toBe('100000')
    expect(counted.counter.statements).toBe(2)
  }, 60_000)
})

describe('the details', () => {
  test('tell where the package runs and which packs use it, to those who may see packs', async () => {
    const { packages } = await createPackaged(app, accountId, { name: 'Used', versions: ['1.0'] })
    const [used] = packages
    if (!used) throw new Error('A package was made')
    const packOf = (name: string, data: object = {}) =>
      db.integrationPack.create({
        data: { accountId, name, type: 'SINGLE', description: `About ${name}`, ...data },
      })
    const current = await packOf('D current')
    const release = await createReleaseOf(app, current.id, { content: [used] })
    await db.packItem.create({
      data: { packId: current.id, componentId: used.componentId, pendingPackageId: used.id },
    })
    const before = await packOf('A before')
    await createReleaseOf(app, before.id, { content: [used] })
    await createReleaseOf(app, before.id)
    const scheduled = await packOf('C scheduled')
    await createReleaseOf(app, scheduled.id, { status: 'SCHEDULED', timing: 'DATED', content: [used] })
    const pending = await packOf('B pending')
    await db.packItem.create({
      data: { packId: pending.id, componentId: used.componentId, pendingPackageId: used.id },
    })
    const cancelled = await packOf('E cancelled')
    await createReleaseOf(app, cancelled.id, { status: 'CANCELLED', content: [used] })
    await packOf('F gone', { deletedAt: new Date() })
    const customer = await createAccount(app)
    await installIn(app, customer, { packId: current.id, releaseId: release.id, environments: 51 })

    const response = await person.call('GET', `/packaged-components/${used.id}`)
    const details = response.json()
    expect(details).toMatchObject({
      version: '1.0',
      status: 'active',
      deployedTo: 51,
      deploymentTotal: 51,
      deletedAt: null,
      size: 1,
      integrationPacks: [
        { name: 'A before', use: 'released-before' },
        { name: 'B pending', use: 'pending' },
        { name: 'C scheduled', use: 'scheduled' },
        { id: current.id, name: 'D current', description: 'About D current', use: 'current' },
      ],
    })
    expect(details.deployments).toHaveLength(50)
    expect(details.deployments[0]).toMatchObject({
      accountName: `Account ${customer}`,
      classification: 'PRODUCTION',
      packName: 'D current',
      deployedAt: '2026-05-03T00:00:00.000Z',
    })

    const packager = await signInAs(app, { accountId, privileges: ['packaged-component-management'] })
    const theirs = (await packager.call('GET', `/packaged-components/${used.id}`)).json()
    expect(theirs.integrationPacks).toEqual([])
  })
})

const none = randomUUID()
type Route = ['GET' | 'POST' | 'DELETE', string, unknown?]
const routes: Route[] = [
  ['GET', '/packaged-components'],
  ['POST', '/packaged-components', { items: [] }],
  ['GET', `/packaged-components/${none}`],
  ['DELETE', `/packaged-components/${none}`],
  ['POST', `/packaged-components/${none}/restore`],
  ['GET', `/packaged-components/${none}/content`],
  ['GET', `/packaged-components/${none}/comparison/${none}`],
]

describe('who may', () => {
  test.each(routes)('%s %s needs Packaged Component Management', async (method, path, body) => {
    const without: Privilege[] = ['integration-pack', 'packaged-component-deployment']
    const visitor = await signInAs(app, { accountId, privileges: without })
    const response = await visitor.call(method, path, { body })
    expect(response.statusCode).toBe(403)
    expect(response.json().message).toContain('Packaged Component Management')
  })

  test.each(routes.filter(([, path]) => path.includes(none)))(
    '%s %s answers alike for an unknown and a foreign id',
    async (method, path, body) => {
      const { packages } = await createPackaged(app, accountId, { name: 'Foreign' })
      const stranger = await signInAs(app, { accountId: await createAccount(app) })
      const foreign = await stranger.call(method, path.replaceAll(none, packages[0]?.id ?? ''), { body })
      const unknown = await stranger.call(method, path, { body })
      expect(foreign.statusCode).toBe(404)
      expect({ ...foreign.json(), requestId: '' }).toEqual({ ...unknown.json(), requestId: '' })
    },
  )

  test('the list holds nothing of others', async () => {
    const stranger = await signInAs(app, { accountId: await createAccount(app) })
    expect(await list({ showDeleted: 'true' }, stranger)).toMatchObject({ rows: [], total: 0 })
  })
})
