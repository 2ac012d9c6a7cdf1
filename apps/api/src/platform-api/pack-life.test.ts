import { expect, test } from 'vitest'
import { releaseDue } from '../features/releases/release-due.ts'
import { setClock } from '../test/clock.ts'
import { createReleaseOf, installIn } from '../test/pack-data.ts'
import { createAccount } from '../test/people.ts'
import { createPack, createPair } from '../test/platform-api/contract-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'

const app = await createTestApp()

type Sent = Awaited<ReturnType<Awaited<ReturnType<typeof createScript>>['send']>>
/** The answer's JSON, after it has been seen to have succeeded. */
function ok(answer: Sent, status = 200) {
  expect(answer.statusCode, answer.body).toBe(status)
  return answer.json()
}

test('the whole life of a pack through this API alone', async () => {
  await setClock(app.db, '2027-03-01T10:00:00Z')
  const publisherId = await createAccount(app)
  const managedId = await createAccount(app, { primaryAccountId: publisherId })
  const publisher = await createScript(app, { accountId: publisherId, timeZone: 'Europe/Berlin' })
  const managed = await createScript(app, { accountId: managedId })

  // From content to packages.
  const component = ok(
    await publisher.send('POST', '/Component', {
      body: { name: 'Orders', type: 'process', object: '<process v="1"/>' },
    }),
  )
  const { componentId = '' } = component
  const packaged = (packageVersion: string) =>
    publisher.send('POST', '/PackagedComponent', {
      body: { componentId, packageVersion, notes: 'As agreed', shareable: 'true', createdDate: 'ignored' },
    })
  ok(await packaged('1.0'))
  ok(await publisher.send('POST', `/Component/${componentId}`, { body: { object: '<process v="2"/>' } }))

  // The pack, with one object in place of a list.
  const pack = ok(
    await publisher.send('POST', '/PublisherIntegrationPack', {
      body: { name: 'Order to Cash', installationType: 'multi', Description: '' },
    }),
  )
  const { id: packId = '' } = pack
  const updated = ok(
    await publisher.send('POST', `/PublisherIntegrationPack/${packId}`, {
      body: {
        operationType: 'ADD',
        Description: 'Orders to cash',
        PublisherPackagedComponents: { PublisherPackagedComponent: { componentId } },
      },
    }),
  )
  expect(updated.PublisherPackagedComponents).toMatchObject({
    PublisherPackagedComponent: [
      {
        componentId,
        componentType: 'process',
        currentVersion: '',
        pendingVersion: '1.0',
        latestVersion: '',
        deleted: false,
      },
    ],
  })

  // Released at once, polled until it is out, shared.
  const content = (version: string) => ({ ReleasePackagedComponent: [{ componentId, version }] })
  const released = ok(
    await publisher.send('POST', '/ReleaseIntegrationPack', {
      body: { id: packId, releaseSchedule: 'IMMEDIATELY', ReleasePackagedComponents: content('1.0') },
    }),
  )
  expect(released['requestId']).toMatch(/^release-[0-9a-f-]{36}$/)
  expect(released['releaseStatusUrl']).toMatch(
    new RegExp(`/api/rest/v1/${publisherId}/ReleaseIntegrationPackStatus/${released['requestId']}$`),
  )
  const statusOf = (requestId = '') => publisher.send('GET', `/ReleaseIntegrationPackStatus/${requestId}`)
  expect(ok(await statusOf(released['requestId']))).toMatchObject({
    releaseStatus: 'SUCCESS',
    responseStatusCode: 200,
    ReleasePackagedComponents: { ReleasePackagedComponent: [{ componentId, releasedVersion: '1.0' }] },
  })
  const group = ok(await publisher.send('POST', '/AccountGroup', { body: { name: 'Customers' } }))
  const accountGroupId = group['id']
  ok(await publisher.send('POST', '/AccountGroupAccount', { body: { accountGroupId, accountId: managedId } }))
  ok(
    await publisher.send('POST', '/AccountGroupIntegrationPack', {
      body: { accountGroupId, integrationPackId: packId },
    }),
  )

  // Found, installed and attached by the managed account.
  const found = ok(await managed.send('POST', '/IntegrationPack/query', { body: '' }))
  expect(found.result).toEqual([
    {
      '@type': 'IntegrationPack',
      id: packId,
      name: 'Order to Cash',
      installationType: 'MULTI',
      Description: 'Orders to cash',
    },
  ])
  const environment = ok(
    await managed.send('POST', '/Environment', { body: { name: 'Live', classification: 'PROD' } }),
  )
  const instance = ok(
    await managed.send('POST', '/IntegrationPackInstance', {
      body: { integrationPackId: packId, integrationPackOverrideName: 'Domestic' },
    }),
  )
  expect(instance.ProcessId).toMatchObject([{ originalProcessId: componentId, name: 'Domestic - Orders' }])
  expect(ok(await managed.send('GET', `/Process/${instance.ProcessId[0]?.wrapperProcessId}`))).toMatchObject({
    name: 'Domestic - Orders',
    IntegrationPack: [{ integrationPackId: packId, integrationPackInstanceId: instance.id }],
  })
  const attachment = ok(
    await managed.send('POST', '/IntegrationPackEnvironmentAttachment', {
      body: { integrationPackInstanceId: instance.id, environmentId: environment['id'] },
    }),
  )
  const deployed = async () => {
    const filter = { operator: 'EQUALS', property: 'active', argument: ['true'] }
    const answer = await managed.send('POST', '/DeployedPackage/query', {
      body: { QueryFilter: { expression: filter } },
    })
    return ok(answer).result.map((one: Record<string, string>) => one['packageVersion'])
  }
  expect(await deployed()).toEqual(['1.0'])

  // A release on a date, changed twice: other versions, another date. The request stays the same.
  ok(await packaged('2.0'))
  const schedule = (releaseOnDate: string, more = {}) => ({
    body: { id: packId, releaseSchedule: 'RELEASE_ON_SPECIFIED_DATE', releaseOnDate, ...more },
  })
  const dated = ok(
    await publisher.send(
      'POST',
      '/ReleaseIntegrationPack',
      schedule('2027-03-10', { ReleasePackagedComponents: content('2.0') }),
    ),
  )
  expect(ok(await statusOf(dated['requestId']), 202)).toMatchObject({
    releaseStatus: 'SCHEDULED',
    responseStatusCode: 202,
  })
  const moved = ok(await publisher.send('POST', `/ReleaseIntegrationPack/${packId}`, schedule('2027-03-08')))
  expect(moved).toMatchObject({ requestId: dated['requestId'], releaseOnDate: '2027-03-08' })
  expect(await deployed()).toEqual(['1.0'])

  await setClock(app.db, '2027-03-07T22:59:59Z')
  await releaseDue(app.deps)
  ok(await statusOf(dated['requestId']), 202)
  await setClock(app.db, '2027-03-07T23:00:00Z')
  await releaseDue(app.deps)
  expect(ok(await statusOf(dated['requestId']))).toMatchObject({
    releaseStatus: 'SUCCESS',
    releaseOnDate: '2027-03-08',
  })
  expect(await deployed()).toEqual(['2.0'])
  const late = await publisher.send('POST', `/ReleaseIntegrationPack/${packId}`, schedule('2027-03-20'))
  expect(late.statusCode).toBe(400)
  expect(late.json()).toMatchObject({ message: expect.stringContaining('scheduled') })

  // And back: detached, uninstalled, deleted; who asks for the release afterwards hears that it is gone.
  ok(await managed.send('DELETE', `/IntegrationPackEnvironmentAttachment/${attachment['id']}`, { body: {} }))
  expect(await deployed()).toEqual([])
  ok(await managed.send('DELETE', `/IntegrationPackInstance/${instance.id}`))
  ok(await publisher.send('DELETE', `/PublisherIntegrationPack/${packId}`))
  expect((await statusOf(dated['requestId'])).statusCode).toBe(410)
  expect((await publisher.send('GET', `/PublisherIntegrationPack/${packId}`)).statusCode).toBe(410)
  const bulk = await publisher.send('POST', '/ReleaseIntegrationPackStatus/bulk', {
    body: { type: 'GET', request: [{ id: dated['requestId'] }, { id: 'release-unknown' }] },
  })
  expect(bulk.json()).toMatchObject({
    response: [
      { statusCode: 410, errorMessage: expect.any(String) },
      { statusCode: 400, errorMessage: expect.stringContaining('release-unknown') },
    ],
  })
})

test('while a release goes out, how far it has come', async () => {
  const pair = await createPair(app)
  const pack = await createPack(app, pair)
  const [first] = pack.component.packages
  const { requestId, id } = await createReleaseOf(app, pack.id, {
    status: 'IN_PROGRESS',
    content: first ? [first] : [],
  })
  const { installation } = await installIn(app, pair.managed.accountId, {
    packId: pack.id,
    releaseId: id,
    environments: 4,
  })
  const former = await createReleaseOf(app, pack.id, { status: 'SUPERSEDED' })
  await app.db.attachment.updateMany({
    where: { installationId: installation.id },
    data: { releaseId: former.id },
  })
  const [reached] = await app.db.attachment.findMany({ where: { installationId: installation.id } })
  await app.db.releaseTarget.create({
    data: {
      releaseId: id,
      attachmentId: reached?.id ?? '',
      accountId: pair.managed.accountId,
      fromReleaseId: former.id,
      fromNumber: 1,
      toNumber: 2,
      how: 'AUTOMATIC',
      appliedAt: new Date('2027-03-01T00:00:00Z'),
    },
  })
  const answer = await pair.publisher.send('GET', `/ReleaseIntegrationPackStatus/release-${requestId}`)
  expect(ok(answer, 202)).toMatchObject({
    releaseStatus: 'IN_PROGRESS',
    releaseProgress: 25,
    responseStatusCode: 202,
  })
})

test('D-21 a change decided on an older state of the pack is refused with 412', async () => {
  const pair = await createPair(app)
  const { id } = await createPack(app, pair, 'SINGLE')
  const { send } = pair.publisher
  const etag = String((await send('GET', `/PublisherIntegrationPack/${id}`)).headers['etag'])
  const update = (Description: string) =>
    send('POST', `/PublisherIntegrationPack/${id}`, {
      body: { operationType: 'ADD', Description },
      headers: { 'if-match': etag },
    })
  const first = await update('First')
  expect(first.statusCode, first.body).toBe(200)
  expect(first.headers['etag']).not.toBe(etag)
  expect((await update('Second')).statusCode).toBe(412)
})
