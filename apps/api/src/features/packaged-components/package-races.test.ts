import { beforeAll, describe, expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app
let accountId: string
let person: Awaited<ReturnType<typeof signInAs>>

beforeAll(async () => {
  accountId = await createAccount(app)
  person = await signInAs(app, { accountId })
})

async function component() {
  const { id } = await db.component.create({
    data: { accountId, name: 'Orders to ERP', type: 'process' },
  })
  const headers = { 'content-type': 'application/xml' }
  await person.call('PUT', `/components/${id}/content`, { body: '<process/>', headers })
  return id
}

const create = (...items: object[]) => person.call('POST', '/packaged-components', { body: { items } })

type Created = { packages: { version: string }[] }
const versionsOf = (response: Awaited<ReturnType<typeof create>>) =>
  response.json<Created>().packages.map(({ version }) => version)

describe('at the same time', () => {
  /** Sends both while the component is locked, so that both have begun before either can go on. */
  async function bothAtOnce(componentIds: string[], ...requests: object[][]) {
    const { both } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "Component" where id = any(${componentIds}::uuid[]) for update`
      const started = requests.map((items) => create(...items))
      await untilSomeoneWaitsForALock(db, requests.length)
      return { both: Promise.all(started) }
    })
    return both
  }

  test('R-21 two automatic numberings get different numbers', async () => {
    const componentId = await component()
    const responses = await bothAtOnce([componentId], [{ componentId }], [{ componentId }])
    expect(responses.flatMap(versionsOf).sort()).toEqual(['1.0', '2.0'])
  })

  test('R-20 of two with the same version one is refused', async () => {
    const componentId = await component()
    const draft = { componentId, version: 'Final' }
    const responses = await bothAtOnce([componentId], [draft], [draft])
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    expect(responses.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'version-taken',
    })
  })

  test('two bulks in opposite orders do not block each other', async () => {
    const ids = await Promise.all([component(), component(), component()])
    const items = ids.map((componentId) => ({ componentId }))
    const responses = await bothAtOnce(ids, items, items.toReversed())
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([201, 201])
  })

  test('a version that was taken past the lock is settled by the unique index', async () => {
    const componentId = await component()
    const { revision, request } = await db.$transaction(async (tx) => {
      const current = await tx.componentRevision.findFirstOrThrow({ where: { componentId } })
      await tx.packagedComponent.create({
        data: {
          accountId,
          componentId,
          revisionId: current.id,
          ordinal: 9,
          version: 'Sneaky',
          componentName: 'x',
          componentType: 'process',
        },
      })
      const sent = create({ componentId, version: 'Sneaky' })
      await untilSomeoneWaitsForALock(db)
      return { revision: current, request: sent }
    })
    expect(revision.revision).toBe(1)
    expect((await request).statusCode).toBe(409)
    expect((await request).json()).toMatchObject({
      code: 'version-taken',
      details: { items: [{ index: 0 }] },
    })
  })
})
