import { randomUUID } from 'node:crypto'
import type { PackView } from '@packline/contract/integration-packs.ts'
import type { Problem } from '@packline/contract/problem.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createPackaged, createReleaseOf } from '../../test/pack-data.ts'
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

describe('removing and undeleting', () => {
  test('marks the row as deleted until the next release, and brings back what it had pending (R-15, D-9)', async () => {
    const pack = await createdPack()
    const component = await createPackaged(app, accountId)
    await add(pack.id, [component.id])
    const removed = await remove(pack.id, component.id)
    expect(removed.statusCode).toBe(200)
    expect(removed.json()).toMatchObject({
      version: 3,
      rows: [{ current: null, pending: null, latest: null, isRemoved: true }],
      readiness: { kind: 'nothing-to-release', why: 'only-deletions-left' },
    })
    const twice = await remove(pack.id, component.id)
    expect(twice.json()).toMatchObject({ version: 3 })

    const back = await undelete(pack.id, component.id)
    expect(back.json()).toMatchObject({
      version: 4,
      rows: [{ pending: { version: '1.0' }, isRemoved: false }],
    })
    expect((await undelete(pack.id, component.id)).json()).toMatchObject({ version: 4 })
    expect(await logOf(pack.id)).toEqual([
      'as.ipack.package ADD',
      'as.ipack.package DELETE',
      'as.ipack.package RESTORE',
    ])
  })

  test('undeletes a row that a scheduled release leaves out, with its present version pending', async () => {
    const pack = await createdPack()
    const kept = await createPackaged(app, accountId)
    const leaving = await createPackaged(app, accountId)
    const content = [...kept.packages, ...leaving.packages]
    await createReleaseOf(app, pack.id, { content })
    const scheduled = await createReleaseOf(app, pack.id, {
      status: 'SCHEDULED',
      timing: 'DATED',
      content: kept.packages,
    })
    await app.db.packItem.createMany({
      data: [
        { packId: pack.id, componentId: kept.id },
        { packId: pack.id, componentId: leaving.id, leavesWithReleaseId: scheduled.id },
      ],
    })
    const rowOf = (pack_: PackView) => pack_.rows.find(({ componentId }) => componentId === leaving.id)
    expect(rowOf(await view(pack.id))).toMatchObject({ current: { version: '1.0' }, isRemoved: true })
    const back = await undelete(pack.id, leaving.id)
    expect(rowOf(back.json<PackView>())).toMatchObject({
      current: { version: '1.0' },
      pending: { version: '1.0' },
      isRemoved: false,
    })
  })

  test.each([
    ['removing', remove],
    ['undeleting', undelete],
  ])('%s refuses a component that is not in the pack', async (_what, change) => {
    const pack = await createdPack()
    const response = await change(pack.id, randomUUID())
    expect(response.statusCode).toBe(404)
    expect(response.json<Problem>().code).toBe('component-not-in-pack')
  })

  test.each([
    ['DELETE', ''],
    ['POST', '/undelete'],
  ] as const)('%s is refused when the pack has changed since it was seen', async (method, suffix) => {
    const pack = await createdPack()
    const response = await person.call(
      method,
      `/integration-packs/${pack.id}/packages/${randomUUID()}${suffix}`,
      {
        headers: { 'if-match': '"9"' },
      },
    )
    expect(response.statusCode).toBe(412)
  })
})
