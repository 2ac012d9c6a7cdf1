import { randomUUID } from 'node:crypto'
import type { PackView } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createPackaged } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

let packNumber = 0
async function createdPack(type: 'SINGLE' | 'MULTI' = 'SINGLE') {
  packNumber += 1
  return app.db.integrationPack.create({ data: { accountId, name: `Pack ${packNumber}`, type } })
}

const add = (packId: string, componentIds: string[], headers: Record<string, string> = {}) =>
  person.call('POST', `/integration-packs/${packId}/packages`, { body: { componentIds }, headers })
const remove = (packId: string, componentId: string) =>
  person.call('DELETE', `/integration-packs/${packId}/packages/${componentId}`)
const undelete = (packId: string, componentId: string) =>
  person.call('POST', `/integration-packs/${packId}/packages/${componentId}/undelete`)
const view = async (packId: string) =>
  (await person.call('GET', `/integration-packs/${packId}`)).json<PackView>()

const logOf = async (packId: string) => {
  const entries = await app.db.auditEntry.findMany({
    where: { objectId: packId },
    orderBy: { action: 'asc' },
  })
  return entries.map(({ action }) => action).toSorted()
}

/** A pack with that many rows, each with a package pending. */
async function packOf(size: number) {
  const pack = await createdPack()
  const components = await Promise.all(
    Array.from({ length: size }, (_, number) =>
      createPackaged(app, accountId, { name: `Filler ${packNumber}-${number}` }),
    ),
  )
  await app.db.packItem.createMany({
    data: components.map(({ id, packages }) => ({
      packId: pack.id,
      componentId: id,
      pendingPackageId: packages[0]?.id ?? null,
    })),
  })
  return { pack, components }
}

describe('adding', () => {
  test('takes the newest active, shareable version as pending (R-11, R-14)', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId, {
      versions: ['1.0', '2.0', { version: '3.0', shareable: false }, { version: '4.0', isDeleted: true }],
    })
    const response = await add(pack.id, [component.id])
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      added: 1,
      undeleted: 0,
      unchanged: 0,
      pack: {
        version: 2,
        changedByName: 'Test Person',
        readiness: { kind: 'ready', changes: 1 },
        rows: [{ current: null, pending: { version: '2.0', ordinal: 2 }, latest: null, isRemoved: false }],
      },
    })
    expect(response.headers.etag).toMatch(/^"2\./)
    expect(await logOf(pack.id)).toEqual(['as.ipack.package ADD'])
  })

  test('changes nothing for what is there, and undeletes what was removed (R-12)', async () => {
    const pack = await createdPack()
    const [there, removed, fresh] = [
      await createPackaged(app, accountId),
      await createPackaged(app, accountId),
      await createPackaged(app, accountId),
    ]
    await add(pack.id, [there.id, removed.id])
    await remove(pack.id, removed.id)
    const again = await add(pack.id, [there.id])
    expect(again.json()).toMatchObject({ added: 0, undeleted: 0, unchanged: 1, pack: { version: 3 } })
    const mixed = await add(pack.id, [there.id, removed.id, fresh.id, fresh.id])
    expect(mixed.json()).toMatchObject({ added: 1, undeleted: 1, unchanged: 1, pack: { version: 4 } })
  })

  test.each([
    ['API Service component', 'webservice', 'MULTI', 'api-service-in-multi', 422],
    ['certificate', 'certificate', 'SINGLE', 'type-not-allowed', 422],
  ] as const)('refuses an %s by its name', async (_what, type, packType, code, status) => {
    const pack = await createdPack(packType)
    const component = await createPackaged(app, accountId, {
      name: 'Customer API',
      type,
      versions: [{ version: '1.0', shareable: type === 'webservice' }],
    })
    const response = await add(pack.id, [component.id])
    expect(response.statusCode).toBe(status)
    expect(response.json<Problem>()).toMatchObject({
      code,
      message: expect.stringContaining('Customer API'),
      details: { problems: [{ componentId: component.id, componentName: 'Customer API', reason: code }] },
    })
  })

  test('takes an API Service component into a Single Attachment pack', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId, { type: 'webservice' })
    expect((await add(pack.id, [component.id])).statusCode).toBe(200)
  })

  test('refuses a process with a Process Route', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId, { name: 'Routed', containsProcessRoute: true })
    const response = await add(pack.id, [component.id])
    expect(response.json<Problem>()).toMatchObject({
      code: 'type-not-allowed',
      message: expect.stringContaining('Routed cannot go'),
    })
  })

  test('refuses a component without a shareable version, and adds none of the others', async () => {
    const pack = await createdPack()
    const good = await createPackaged(app, accountId)
    const bad = await createPackaged(app, accountId, {
      name: 'Private flow',
      versions: [
        { version: '1.0', shareable: false },
        { version: '2.0', isDeleted: true },
      ],
    })
    const response = await add(pack.id, [good.id, bad.id])
    expect(response.statusCode).toBe(422)
    expect(response.json<Problem>()).toMatchObject({
      code: 'no-shareable-version',
      message: expect.stringContaining('Private flow has no packaged version'),
    })
    expect(await view(pack.id)).toMatchObject({ rows: [], version: 1 })
  })

  test("refuses another account's, a deleted and an unknown component in the same words (R-10)", async () => {
    const pack = await createdPack()
    const foreign = await createPackaged(app, await createAccount(app), { name: 'Secret' })
    const deleted = await createPackaged(app, accountId)
    await app.db.component.update({ where: { id: deleted.id }, data: { deletedAt: new Date() } })
    const sentences = new Set<string>()
    for (const id of [foreign.id, deleted.id, randomUUID()]) {
      const response = await add(pack.id, [id])
      expect(response.statusCode).toBe(404)
      const problem = response.json<Problem>()
      expect(problem.code).toBe('component-not-found')
      expect(JSON.stringify(problem)).not.toContain('Secret')
      sentences.add(problem.message)
    }
    expect(sentences.size).toBe(1)
  })

  test.each([[[]], [['not-an-id']], [Array.from({ length: 1_001 }, () => randomUUID())]])(
    'refuses a malformed list',
    async (componentIds) => {
      const pack = await createdPack()
      expect((await add(pack.id, componentIds)).statusCode).toBe(400)
    },
  )

  test('holds 100 packages and refuses the 101st; removed rows make room (R-8)', async () => {
    const { pack, components } = await packOf(99)
    const [hundredth, next] = [await createPackaged(app, accountId), await createPackaged(app, accountId)]
    const both = await add(pack.id, [hundredth.id, next.id])
    expect(both.statusCode).toBe(409)
    expect(both.json<Problem>()).toMatchObject({
      code: 'pack-full',
      message: expect.stringContaining('room for only 1 more'),
      details: { room: 1 },
    })
    expect((await add(pack.id, [hundredth.id])).statusCode).toBe(200)
    expect((await add(pack.id, [next.id])).json<Problem>()).toMatchObject({
      code: 'pack-full',
      message: expect.stringContaining('room for none more'),
    })
    const [first] = components
    await remove(pack.id, first?.id ?? '')
    expect((await add(pack.id, [next.id])).statusCode).toBe(200)
    const back = await undelete(pack.id, first?.id ?? '')
    expect(back.statusCode).toBe(409)
    expect(back.json<Problem>().code).toBe('pack-full')
  })

  test('two additions at once cannot pass the limit together', async () => {
    const { pack } = await packOf(99)
    const [one, other] = [await createPackaged(app, accountId), await createPackaged(app, accountId)]
    const waiting = await app.db.$transaction(async (tx) => {
      await tx.$queryRaw`select from "IntegrationPack" where id = ${pack.id}::uuid for update`
      const both = Promise.all([add(pack.id, [one.id]), add(pack.id, [other.id])])
      await untilSomeoneWaitsForALock(app.db, 2)
      return { both }
    })
    const statuses = (await waiting.both).map(({ statusCode }) => statusCode)
    expect(statuses.toSorted()).toEqual([200, 409])
    expect((await view(pack.id)).rows).toHaveLength(100)
  })

  test('a package deleted meanwhile does not get into the pack', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId, { versions: ['1.0', '2.0'] })
    const { waiting } = await app.db.$transaction(async (tx) => {
      await tx.packagedComponent.updateMany({
        where: { componentId: component.id, version: '2.0' },
        data: { deletedAt: new Date() },
      })
      const addition = add(pack.id, [component.id])
      await untilSomeoneWaitsForALock(app.db)
      return { waiting: addition }
    })
    expect((await waiting).json()).toMatchObject({ pack: { rows: [{ pending: { version: '1.0' } }] } })
  })

  test('answers the same request again with the same answer', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId)
    const headers = { 'idempotency-key': randomUUID() }
    const first = await add(pack.id, [component.id], headers)
    const again = await add(pack.id, [component.id], headers)
    expect(again.json()).toEqual(first.json())
    expect(again.json()).toMatchObject({ added: 1 })
    const other = await add(pack.id, [randomUUID()], headers)
    expect(other.statusCode).toBe(422)
    expect(other.json<Problem>().code).toBe('idempotency-key-reused')
  })

  test('is refused when the pack has changed since it was seen', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId)
    const response = await add(pack.id, [component.id], { 'if-match': '"9"' })
    expect(response.statusCode).toBe(412)
    expect(response.json<Problem>()).toMatchObject({
      code: 'pack-changed',
      details: { current: { id: pack.id } },
    })
  })
})
