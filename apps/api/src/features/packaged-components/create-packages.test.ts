import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
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

/** A component with real content, unless it is to have none. */
async function component(data: object = {}, content: string | null = '<process/>') {
  const { id } = await db.component.create({
    data: { accountId, name: 'Orders to ERP', type: 'process', folder: 'Orders', ...data },
  })
  if (content !== null) {
    const headers = { 'content-type': 'application/xml' }
    await person.call('PUT', `/components/${id}/content`, { body: content, headers })
  }
  return id
}

const create = (...items: object[]) => person.call('POST', '/packaged-components', { body: { items } })

type Created = { packages: { id: string }[] }

describe('R-19 packaging', () => {
  test('takes the current content and remembers what the component was like', async () => {
    const id = await component()
    const response = await create({
      componentId: id,
      version: 'Alpha',
      notes: 'First\u0007 try',
      shareable: true,
    })
    expect(response.statusCode).toBe(201)
    const [made] = response.json<Created>().packages
    expect(made).toMatchObject({
      componentId: id,
      componentName: 'Orders to ERP',
      componentType: 'process',
      folder: 'Orders',
      version: 'Alpha',
      ordinal: 1,
      revision: 1,
      notes: 'First try',
      shareable: true,
      status: 'active',
      deployedTo: 0,
      createdByName: 'Test Person',
    })
    expect(await db.auditEntry.findFirst({ where: { objectId: made?.id ?? '' } })).toMatchObject({
      action: 'as.packaged.component ADD',
      actorId: person.userId,
      after: { componentId: id, version: 'Alpha', shareable: true, notes: 'First try' },
    })

    await person.call('PATCH', `/components/${id}`, { body: { name: 'Renamed', folder: 'Elsewhere' } })
    await person.call('PUT', `/components/${id}/content`, {
      body: '<other/>',
      headers: { 'content-type': 'a/b' },
    })
    const details = await person.call('GET', `/packaged-components/${made?.id}`)
    expect(details.json()).toMatchObject({ componentName: 'Orders to ERP', folder: 'Orders', revision: 1 })
    expect((await person.call('GET', `/packaged-components/${made?.id}/content`)).body).toBe('<process/>')
    await expect(
      db.packagedComponent.update({ where: { id: made?.id ?? '' }, data: { notes: 'Changed' } }),
    ).rejects.toThrow('cannot be changed')
  })

  test('of several components answers in the order asked for, and of types without sharing says so', async () => {
    const certificate = await component({ type: 'certificate' })
    const process = await component()
    const response = await create(
      { componentId: process.toUpperCase() },
      { componentId: certificate, version: '' },
    )
    expect(response.json()).toMatchObject({
      packages: [
        { componentId: process, version: '1.0', shareable: false },
        { componentId: certificate, version: '1.0', shareable: null },
      ],
    })
  })

  test('a repeated request makes no second version', async () => {
    const componentId = await component()
    const headers = { 'idempotency-key': `key-${randomUUID()}` }
    const body = { items: [{ componentId }] }
    const first = await person.call('POST', '/packaged-components', { body, headers })
    const again = await person.call('POST', '/packaged-components', { body, headers })
    expect(again.json()).toEqual(first.json())
    expect(await db.packagedComponent.count({ where: { componentId } })).toBe(1)
  })

  test('250 go through in one go, 251 do not', async () => {
    const revision = await db.componentRevision.findFirstOrThrow()
    const rows = Array.from({ length: 251 }, (_, n) => ({
      accountId,
      name: `Bulk ${n}`,
      type: 'process' as const,
    }))
    const components = await db.component.createManyAndReturn({
      data: rows.map((row) => ({ ...row, currentRevision: 1 })),
    })
    await db.componentRevision.createMany({
      data: components.map(({ id }) => ({ componentId: id, revision: 1, contentId: revision.contentId })),
    })
    const items = components.map(({ id }) => ({ componentId: id }))
    const tooMany = await create(...items)
    expect(tooMany.statusCode).toBe(422)
    expect(tooMany.json()).toMatchObject({
      code: 'too-many-packages',
      message: 'At most 250 components can be packaged at once. Package the rest afterwards.',
    })
    expect((await create(...items.slice(1))).statusCode).toBe(201)
    expect(await db.packagedComponent.count({ where: { componentName: { startsWith: 'Bulk' } } })).toBe(250)
  })
})

describe('refusals', () => {
  test.each([
    [
      { version: 'x'.repeat(65) },
      422,
      'version-too-long',
      'version',
      'A version has at most 64 characters. Shorten it.',
    ],
    [
      { version: '-1' },
      422,
      'version-invalid',
      'version',
      'A version begins with a letter or digit and has only these, spaces, points, hyphens and underscores.',
    ],
    [
      { notes: 'x'.repeat(5_001) },
      422,
      'notes-too-long',
      'notes',
      'Notes have at most 5,000 characters. Shorten them.',
    ],
    [
      { version: 'Taken' },
      409,
      'version-taken',
      'version',
      'This component has had a package of that version, maybe a deleted one. Choose another version.',
    ],
    [
      { componentId: randomUUID() },
      404,
      'component-not-found',
      'componentId',
      'There is no such component in this account.',
    ],
  ])('%# of a draft', async (changes, status, code, field, message) => {
    const componentId = await component()
    const [taken] = (await create({ componentId, version: 'Taken' })).json<Created>().packages
    await person.call('DELETE', `/packaged-components/${taken?.id}`)
    const response = await create({ componentId, ...changes })
    expect(response.statusCode).toBe(status)
    expect(response.json()).toMatchObject({
      code,
      message,
      fields: [{ path: `items.0.${field}`, message }],
      details: { items: [{ index: 0, reason: code }] },
    })
  })

  test('sharing what cannot be shared', async () => {
    const routed = await component({ containsProcessRoute: true })
    const certificate = await component({ type: 'certificate' })
    const drafts = [routed, certificate].map((componentId) => ({ componentId, shareable: true }))
    expect((await create(...drafts)).json()).toMatchObject({
      code: 'sharing-not-possible',
      message:
        'Only processes without Process Route and API Service components can be shared. Switch sharing off.',
      fields: [{ path: 'items.0.shareable' }, { path: 'items.1.shareable' }],
    })
  })

  test('a component without content', async () => {
    const response = await create({ componentId: await component({}, null) })
    expect(response.json()).toMatchObject({
      code: 'component-without-content',
      message: 'This component has no content yet. Upload some before packaging it.',
    })
  })

  test('of several drafts are named by their places, and nothing is made', async () => {
    const good = await component()
    const empty = await component({}, null)
    const response = await create(
      { componentId: good },
      { componentId: empty },
      { componentId: good },
      { componentId: empty },
      { componentId: await component(), version: '!' },
    )
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({
      code: 'drafts-refused',
      details: {
        items: [
          { index: 1, componentId: empty, reason: 'component-without-content' },
          { index: 2, componentId: good, reason: 'duplicate-component' },
          { index: 3, componentId: empty, reason: 'duplicate-component' },
          { index: 4, reason: 'version-invalid' },
        ],
      },
    })
    expect(await db.packagedComponent.count({ where: { componentId: good } })).toBe(0)
  })

  test('nothing chosen, and what is malformed', async () => {
    expect((await create()).json()).toMatchObject({
      code: 'nothing-selected',
      message: 'Choose at least one component to package.',
    })
    expect((await create({ componentId: 'x' })).statusCode).toBe(400)
    expect((await create({ componentId: randomUUID(), ordinal: 7 })).statusCode).toBe(400)
  })

  test('somebody else’s component is not found, a deleted one neither', async () => {
    const componentId = await component()
    const stranger = await signInAs(app, { accountId: await createAccount(app) })
    const body = { items: [{ componentId }] }
    const foreign = await stranger.call('POST', '/packaged-components', { body })
    expect(foreign.statusCode).toBe(404)
    expect(foreign.json()).toMatchObject({ code: 'component-not-found' })
    await person.call('DELETE', `/components/${componentId}`)
    expect((await create({ componentId })).json()).toMatchObject({ code: 'component-not-found' })
  })
})
