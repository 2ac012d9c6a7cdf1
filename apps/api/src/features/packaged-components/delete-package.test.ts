import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createPackaged, createReleaseOf, installIn } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>
let component: Awaited<ReturnType<typeof createPackaged>>
let packageId: string
let content: { id: string; componentId: string }[]

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

beforeEach(async () => {
  component = await createPackaged(app, accountId)
  content = component.packages
  packageId = component.packages[0]?.id ?? ''
})

const packNamed = (name: string, data: object = {}) =>
  db.integrationPack.create({ data: { accountId, name: `${name} ${randomUUID()}`, type: 'SINGLE', ...data } })

const remove = () => person.call('DELETE', `/packaged-components/${packageId}`)
const restore = (headers = {}) =>
  person.call('POST', `/packaged-components/${packageId}/restore`, { headers })

describe('R-22 deleting', () => {
  test('takes the version off the list, keeps its text taken and its content', async () => {
    const response = await remove()
    expect(response.statusCode).toBe(204)
    expect(response.body).toBe('')
    expect((await person.call('GET', `/packaged-components/${packageId}`)).json()).toMatchObject({
      status: 'deleted',
      deletedByName: 'Test Person',
    })
    expect(await db.auditEntry.findFirst({ where: { objectId: packageId } })).toMatchObject({
      action: 'as.packaged.component DELETE',
      before: { version: '1.0' },
    })
    const again = await remove()
    expect(again.statusCode).toBe(409)
    expect(again.json()).toMatchObject({
      code: 'package-already-deleted',
      message: 'Somebody has deleted this version already.',
    })
  })

  test('is refused when it went out in a release of a pack, also of one that is no longer current', async () => {
    const pack = await packNamed('Orders')
    await createReleaseOf(app, pack.id, { content })
    await createReleaseOf(app, pack.id)
    const response = await remove()
    expect(response.statusCode).toBe(409)
    expect(response.json()).toMatchObject({
      code: 'package-in-use',
      message: `Version 1.0 of Orders to ERP cannot be deleted: it is released in the integration pack “${pack.name}”.`,
      details: { uses: [{ reason: 'released-in-pack', where: [{ id: pack.id, name: pack.name }] }] },
    })
  })

  test('is refused when it is chosen in a scheduled release', async () => {
    const pack = await packNamed('Orders')
    await createReleaseOf(app, pack.id, { status: 'SCHEDULED', timing: 'DATED', content })
    expect((await remove()).json().message).toBe(
      `Version 1.0 of Orders to ERP cannot be deleted: it is chosen in the scheduled release of the integration pack “${pack.name}”.`,
    )
  })

  test('is refused when it waits in packs, which are all named, and where it runs', async () => {
    const first = await packNamed('A')
    const second = await packNamed('B')
    for (const { id } of [first, second]) {
      await db.packItem.create({
        data: { packId: id, componentId: component.id, pendingPackageId: packageId, removedAt: new Date() },
      })
    }
    expect((await remove()).json().message).toBe(
      `Version 1.0 of Orders to ERP cannot be deleted: it waits for the next release of the integration packs “${first.name}”, “${second.name}”.`,
    )
    const release = await createReleaseOf(app, first.id, { content })
    await installIn(app, await createAccount(app), { packId: first.id, releaseId: release.id })
    expect((await remove()).json()).toMatchObject({
      message: expect.stringMatching(
        / it is released in .* and it waits for .* and it runs in the environment “.*”\.$/,
      ),
      details: {
        uses: [{ reason: 'released-in-pack' }, { reason: 'pending-in-pack' }, { reason: 'deployed' }],
      },
    })
  })

  test('goes when only deleted packs and cancelled releases had it', async () => {
    const gone = await packNamed('Gone', { deletedAt: new Date() })
    await createReleaseOf(app, gone.id, { content })
    await db.packItem.create({
      data: { packId: gone.id, componentId: component.id, pendingPackageId: packageId },
    })
    const other = await packNamed('Cancelled')
    await createReleaseOf(app, other.id, { status: 'CANCELLED', content })
    expect((await remove()).statusCode).toBe(204)
  })

  test('waits for somebody who is just putting it into a pack, then is refused', async () => {
    const pack = await packNamed('Late')
    const { deletion } = await db.$transaction(async (tx) => {
      await tx.packItem.create({
        data: { packId: pack.id, componentId: component.id, pendingPackageId: packageId },
      })
      const started = remove()
      await untilSomeoneWaitsForALock(db)
      return { deletion: started }
    })
    expect((await deletion).json()).toMatchObject({ code: 'package-in-use' })
  })
})

describe('R-23 restoring', () => {
  test('makes the version active again', async () => {
    await remove()
    const response = await restore()
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ id: packageId, status: 'active' })
    const stored = await db.packagedComponent.findUniqueOrThrow({ where: { id: packageId } })
    expect(stored).toMatchObject({ deletedAt: null, deletedByName: null })
    expect(
      await db.auditEntry.count({ where: { objectId: packageId, action: 'as.packaged.component RESTORE' } }),
    ).toBe(1)
  })

  test('what is not deleted is refused', async () => {
    const response = await restore()
    expect(response.statusCode).toBe(409)
    expect(response.json()).toMatchObject({
      code: 'package-not-deleted',
      message: 'This version is not deleted, so there is nothing to restore.',
    })
  })

  test('a repeated request gets the same answer', async () => {
    await remove()
    const headers = { 'idempotency-key': `key-${randomUUID()}` }
    const first = await restore(headers)
    const again = await restore(headers)
    expect(again.statusCode).toBe(200)
    expect(again.json()).toEqual(first.json())
  })
})
