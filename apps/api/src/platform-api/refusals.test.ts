import { expect, test } from 'vitest'
import { createPackaged } from '../test/pack-data.ts'
import { setClock } from '../test/clock.ts'
import { createTestApp } from '../test/test-app.ts'
import {
  createPack,
  createPair,
  createProcess,
  createSharedPack,
  unique,
} from '../test/platform-api/contract-scene.ts'

const app = await createTestApp()
await setClock(app.db, '2027-03-01T10:00:00Z')
const pair = await createPair(app)
const other = await createPair(app)
const { publisher, managed } = pair
const publisherId = publisher.accountId

/** Sends a write that must be refused, in both media, and looks that nothing has changed. */
async function refused(
  send: typeof publisher.send,
  [method, path, body]: ['POST' | 'DELETE', string, unknown?],
): Promise<string> {
  const before = await everything()
  const asJson = await send(method, path, { accept: 'json', ...(body !== undefined && { body }) })
  const asXml = await send(method, path, { accept: 'xml', ...(body !== undefined && { body }) })
  expect([asJson.statusCode, asXml.statusCode], asJson.body).toEqual([400, 400])
  expect(await everything()).toEqual(before)
  const { message } = asJson.json<{ message: string }>()
  expect(asJson.json()).toEqual({ '@type': 'Error', message })
  expect(asXml.body).toMatch(/<error><message>[^<]+<\/message><\/error>$/)
  return message
}

const everything = () =>
  Promise.all([
    app.db.auditEntry.count(),
    app.db.packItem.count(),
    app.db.release.count(),
    app.db.installation.count(),
    app.db.attachment.count(),
    app.db.integrationPack.findMany({ orderBy: { id: 'asc' } }),
  ])

const contents = (componentIds: readonly string[]) => ({
  operationType: 'ADD',
  PublisherPackagedComponents: {
    PublisherPackagedComponent: componentIds.map((componentId) => ({ componentId })),
  },
})

test('R-7 a MULTI pack takes no API Service component', async () => {
  const pack = await createPack(app, pair)
  const service = await createPackaged(app, publisherId, { type: 'webservice', name: 'Orders API' })
  const ids = [pack.component.id, service.id]
  expect(
    await refused(publisher.send, ['POST', `/PublisherIntegrationPack/${pack.id}`, contents(ids)]),
  ).toContain('Multiple Attachments cannot contain API Service components')
})

test('R-8 the 101st component is refused, and the other hundred with it', async () => {
  const pack = await createPack(app, pair, 'SINGLE')
  const ids = [pack.component.id]
  for (let count = 0; count < 100; count++) {
    ids.push((await createPackaged(app, publisherId, { name: `Process ${count}` })).id)
  }
  expect(
    await refused(publisher.send, ['POST', `/PublisherIntegrationPack/${pack.id}`, contents(ids)]),
  ).toContain('at most 100 packages')
  const full = await publisher.send('POST', `/PublisherIntegrationPack/${pack.id}`, {
    body: contents(ids.slice(1)),
  })
  expect(full.statusCode, full.body).toBe(200)
})

test('R-10, R-86 ids of another account are as unknown as those that nobody has', async () => {
  const foreign = await createPack(app, other)
  const own = await createPack(app, pair)
  const nobody = '00000000-0000-4000-8000-000000000000'
  const about = (text: string) => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
  for (const [path, bodyOf] of [
    ['/PublisherIntegrationPack/ID', () => contents([])],
    [`/PublisherIntegrationPack/${own.id}`, (id: string) => contents([own.component.id, id])],
    ['/ReleaseIntegrationPack', (id: string) => release(id, own.component.id)],
    ['/PackagedComponent', (id: string) => ({ componentId: id })],
  ] as const) {
    const told = []
    for (const id of [path === '/PackagedComponent' ? foreign.component.id : foreign.id, nobody]) {
      told.push(about(await refused(publisher.send, ['POST', path.replace('ID', id), bodyOf(id)])))
    }
    expect(told[0]).toBe(told[1])
  }
  for (const path of [
    '/PublisherIntegrationPack',
    '/PackagedComponent',
    '/Component',
    '/Environment',
    '/Role',
  ]) {
    const told = []
    for (const id of [foreign.id, nobody]) told.push((await publisher.send('GET', `${path}/${id}`)).body)
    expect(about(told[0] ?? '')).toBe(about(told[1] ?? ''))
  }
})

const release = (id: string, componentId: string, more: object = {}, version = '1.0') => ({
  id,
  releaseSchedule: 'IMMEDIATELY',
  ReleasePackagedComponents: { ReleasePackagedComponent: [{ componentId, version }] },
  ...more,
})

test.each([
  ['a past date', { releaseOnDate: '2027-02-27' }, 'has passed'],
  ['today', { releaseOnDate: '2027-03-01' }, 'Today cannot be chosen'],
  ['no date', {}, 'releaseOnDate'],
  ['no such date', { releaseOnDate: '2027-02-30' }, 'not a date'],
  ['more than a year away', { releaseOnDate: '2028-03-02' }, 'more than a year'],
  ['no schedule', { releaseSchedule: undefined, releaseOnDate: '2027-03-10' }, 'releaseSchedule is missing'],
])('R-29, R-80 a release on %s', async (_name, dates, sentence) => {
  const pack = await createPack(app, pair)
  const body = release(pack.id, pack.component.id, { releaseSchedule: 'RELEASE_ON_SPECIFIED_DATE', ...dates })
  expect(await refused(publisher.send, ['POST', '/ReleaseIntegrationPack', body])).toContain(sentence)
})

test('R-27, R-33, R-81 versions that do not exist, a second date, a change of nothing', async () => {
  const pack = await createPack(app, pair)
  const { id: componentId } = pack.component
  const path = '/ReleaseIntegrationPack'
  expect(await refused(publisher.send, ['POST', path, release(pack.id, componentId, {}, '7.7')])).toContain(
    'is not one of its packaged versions',
  )
  expect(
    await refused(publisher.send, ['POST', `${path}/${pack.id}`, release(pack.id, componentId)]),
  ).toContain('No release of this integration pack is scheduled')
  const dated = release(pack.id, componentId, {
    releaseSchedule: 'RELEASE_ON_SPECIFIED_DATE',
    releaseOnDate: '2027-03-10',
  })
  expect((await publisher.send('POST', path, { body: dated })).statusCode).toBe(200)
  expect(await refused(publisher.send, ['POST', path, dated])).toContain('already scheduled')
})

test('R-16 operationType is needed, and with DELETE nothing is added', async () => {
  const pack = await createPack(app, pair)
  const another = await createProcess(app, pair)
  const path = `/PublisherIntegrationPack/${pack.id}`
  const { operationType: _operation, ...without } = contents([pack.component.id])
  expect(await refused(publisher.send, ['POST', path, without])).toContain('operationType is missing')
  const body = { ...contents([pack.component.id, another.id]), operationType: 'DELETE' }
  expect(await refused(publisher.send, ['POST', path, body])).toContain('send operationType ADD')
})

test('R-53, R-54, R-55 installing twice, under a name of one’s own, or what is not shared', async () => {
  const pack = await createSharedPack(app, pair, 'SINGLE')
  const body = { integrationPackId: pack.id }
  const named = { ...body, integrationPackOverrideName: unique('Own') }
  expect(await refused(managed.send, ['POST', '/IntegrationPackInstance', named])).toContain(
    'keeps its own name',
  )
  expect((await managed.send('POST', '/IntegrationPackInstance', { body })).statusCode).toBe(200)
  expect(await refused(managed.send, ['POST', '/IntegrationPackInstance', body])).toContain(
    'installed already',
  )
  const foreign = await createSharedPack(app, other)
  expect(
    await refused(managed.send, ['POST', '/IntegrationPackInstance', { integrationPackId: foreign.id }]),
  ).toContain('no such integration pack to install')
})

test('R-22 a package that a pack has released is not deleted', async () => {
  const { component } = await createSharedPack(app, pair)
  const path = `/PackagedComponent/${component.packages[0]?.id}`
  expect(await refused(publisher.send, ['DELETE', path])).toContain('it is released in the integration pack')
})
