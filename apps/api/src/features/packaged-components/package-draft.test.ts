import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
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

const createComponent = (data: object = {}) =>
  app.db.component.create({ data: { accountId, name: 'Orders to ERP', type: 'process', ...data } })

const draftOf = (componentIds: string[]) =>
  person.call('POST', '/packaged-components/draft', { body: { componentIds } })

test('what can be shared, what has content, and the next version past deleted ones', async () => {
  const orders = await createPackaged(app, accountId, {
    versions: ['1.0', { version: '2.0', isDeleted: true }],
  })
  await app.db.component.update({ where: { id: orders.id }, data: { currentRevision: 1 } })
  const routed = await createComponent({ name: 'A router', containsProcessRoute: true })

  const response = await draftOf([orders.id, routed.id])
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({
    components: [
      { componentId: routed.id, canBeShared: false, currentRevision: 0, nextVersion: '1.0' },
      { componentId: orders.id, canBeShared: true, currentRevision: 1, nextVersion: '3.0' },
    ],
  })
})

test('unknown, deleted and foreign components are left out alike', async () => {
  const deleted = await createComponent({ deletedAt: new Date('2026-11-20T00:00:00Z') })
  const foreign = await createComponent({ accountId: await createAccount(app) })
  const response = await draftOf([deleted.id, foreign.id, randomUUID()])
  expect(response.json()).toEqual({ components: [] })
})

test('needs Packaged Component Management', async () => {
  const support = await signInAs(app, { accountId, role: 'support' })
  const response = await support.call('POST', '/packaged-components/draft', { body: { componentIds: [] } })
  expect(response.statusCode).toBe(403)
})
