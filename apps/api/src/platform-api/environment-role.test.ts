import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { createPlace } from '../test/consumer-scene.ts'
import { createAttachment, createInstance, createPair, unique } from '../test/platform-api/contract-scene.ts'
import { createScript, platformCaller } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const { db } = app
const pair = await createPair(app)
const { managed, publisher } = pair
const { accountId } = managed

const developers = defaultRoleTable['standard-user'].id
const operator = await createScript(app, {
  accountId,
  privileges: [
    'api-access',
    'atom-management',
    'environment-management',
    'packaged-component-deployment',
    'packaged-component-management',
  ],
})
const operatorRole = await db.membership.findFirstOrThrow({ where: { userId: operator.userId } })
const messageOf = (answer: { json: () => unknown }) => (answer.json() as { message: string }).message

/** Keeps an environment to roles, as an administrator. */
async function keep(environmentId: string, ...roleIds: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const roleId of roleIds) {
    const answer = await managed.send('POST', '/EnvironmentRole', { body: { environmentId, roleId } })
    expect(answer.statusCode, answer.body).toBe(200)
    ids.push(answer.json<{ id: string }>().id)
  }
  return ids
}

test('roles come to an environment and go, are listed, and are the account’s only', async () => {
  const { id: environmentId } = await createPlace(app, accountId)
  const [id = ''] = await keep(environmentId, developers)
  expect(Buffer.from(id, 'base64').toString()).toBe(`ENV_ROLE${developers}:${environmentId}`)
  const query = () =>
    managed.send('POST', '/EnvironmentRole/query', {
      body: {
        QueryFilter: {
          expression: { operator: 'EQUALS', property: 'environmentId', argument: [environmentId] },
        },
      },
    })
  expect((await query()).json()).toMatchObject({ result: [{ id, environmentId, roleId: developers }] })
  expect((await publisher.send('GET', `/EnvironmentRole/${id}`)).statusCode).toBe(400)
  expect((await publisher.send('DELETE', `/EnvironmentRole/${id}`)).statusCode).toBe(400)

  for (const [body, why] of [
    [{ environmentId, roleId: developers }, 'kept to this role already'],
    [{ environmentId, roleId: crypto.randomUUID() }, 'no such role'],
    [{ environmentId: crypto.randomUUID(), roleId: developers }, 'no such environment'],
    [{ environmentId }, 'roleId is missing'],
  ] as const) {
    const answer = await managed.send('POST', '/EnvironmentRole', { body })
    expect(answer.statusCode).toBe(400)
    expect(messageOf(answer)).toContain(why)
  }
  const foreign = await db.role.create({
    data: { accountId: publisher.accountId, name: unique('Role'), privileges: [] },
  })
  const ofOthers = { environmentId, roleId: foreign.id }
  expect(messageOf(await managed.send('POST', '/EnvironmentRole', { body: ofOthers }))).toContain(
    'no such role',
  )

  expect((await managed.send('DELETE', `/EnvironmentRole/${id}`)).json()).toBe(true)
  expect((await query()).json()).toMatchObject({ numberOfResults: 0 })
  const where = { accountId, objectId: environmentId, action: 'as.environment UPDATE ROLE' }
  expect(await db.auditEntry.count({ where })).toBe(2)
})

test('everything that changes an environment is closed to whoever holds none of its roles, with the reason', async () => {
  const { environment: place, instance } = await createAttachment(app, pair)
  const atomId = place.atoms[0]?.id ?? ''
  const nodeId = place.atoms[0]?.nodes[0]?.id ?? ''
  const other = await createInstance(app, pair)
  const free = await createPlace(app, accountId)
  await keep(place.id, developers)
  const installationOf = (id: string) =>
    Buffer.from(id, 'base64').toString().replace('IntegrationPackInstance', '')
  const installation = `/installations/${installationOf(instance.id)}`
  const before = await db.auditEntry.count({ where: { accountId } })
  const environmentIds = [place.id]
  const inConsole = [
    ['PATCH', `/environments/${place.id}`, { name: 'Renamed' }],
    ['DELETE', `/environments/${place.id}`, undefined],
    ['POST', `/environments/${place.id}/updates`, {}],
    ['POST', `/installations/${installationOf(other.id)}/attachments`, { environmentIds }],
    ['POST', `${installation}/detachments`, { environmentIds }],
    ['DELETE', installation, undefined],
    ['POST', '/atoms', { name: unique('Atom'), environmentId: place.id }],
    ['PATCH', `/atoms/${atomId}`, { name: 'Renamed' }],
    ['PATCH', `/atoms/${atomId}`, { environmentId: null }],
    ['PATCH', `/atoms/${free.atoms[0]?.id}`, { environmentId: place.id }],
    ['POST', `/atoms/${atomId}/tokens`, undefined],
    ['DELETE', `/atoms/${atomId}/nodes/${nodeId}`, undefined],
    ['DELETE', `/atoms/${atomId}`, undefined],
  ] as const
  for (const [method, path, body] of inConsole) {
    const answer = await operator.call(method, path, { body })
    expect([path, answer.statusCode, answer.json()], answer.body).toMatchObject([
      path,
      403,
      { code: 'environment-closed' },
    ])
    expect(messageOf(answer)).toBe(
      `The environment “${place.name}” is kept to the role Standard User. Ask an administrator of this account for it.`,
    )
  }
  const byApi = [
    ['POST', '/EnvironmentRole', { environmentId: place.id, roleId: operatorRole.roleId }],
    ['DELETE', `/EnvironmentRole/${(await rolesOf(place.id))[0]}`, undefined],
    [
      'POST',
      '/IntegrationPackEnvironmentAttachment',
      { environmentId: place.id, integrationPackInstanceId: other.id },
    ],
  ] as const
  for (const [method, path, body] of byApi) {
    const answer = await operator.send(method, path, { body })
    expect([path, answer.statusCode], answer.body).toEqual([path, 403])
    expect(messageOf(answer)).toContain('is kept to the role Standard User')
  }
  expect(await db.auditEntry.count({ where: { accountId } })).toBe(before)
})

const rolesOf = async (environmentId: string): Promise<string[]> => {
  const answer = await managed.send('POST', '/EnvironmentRole/query')
  return answer
    .json<{ result: { id: string; environmentId: string }[] }>()
    .result.filter((one) => one.environmentId === environmentId)
    .map(({ id }) => id)
}

test('deploying and undeploying are closed too', async () => {
  const place = await createPlace(app, accountId)
  const content = await db.content.create({ data: { sha256: '0', size: 1, mediaType: 'text/plain' } })
  const component = await db.component.create({ data: { accountId, name: unique('Own'), type: 'process' } })
  const revision = await db.componentRevision.create({
    data: { componentId: component.id, revision: 1, contentId: content.id },
  })
  const { id: packageId } = await db.packagedComponent.create({
    data: {
      accountId,
      componentId: component.id,
      revisionId: revision.id,
      ordinal: 1,
      version: '1.0',
      componentName: component.name,
      componentType: 'process',
    },
  })
  const body = { environmentId: place.id, packageId }
  const deployed = await operator.send('POST', '/DeployedPackage', { body })
  expect(deployed.statusCode, deployed.body).toBe(200)
  await keep(place.id, developers)
  const { deploymentId } = deployed.json<{ deploymentId: string }>()
  expect((await operator.send('POST', '/DeployedPackage', { body })).statusCode).toBe(403)
  expect((await operator.send('DELETE', `/DeployedPackage/${deploymentId}`)).statusCode).toBe(403)
  expect((await managed.send('DELETE', `/DeployedPackage/${deploymentId}`)).statusCode).toBe(200)
})

test('it stays visible and says why it is closed; holders of one of its roles and administrators go on', async () => {
  const { environment: place, instance } = await createAttachment(app, pair)
  await keep(place.id, developers)
  const seen = await operator.call('GET', `/environments/${place.id}`)
  expect(seen.json()).toMatchObject({
    roles: [{ id: developers, name: 'Standard User' }],
    whyClosed: expect.stringContaining('is kept to the role Standard User'),
  })
  const installationId = Buffer.from(instance.id, 'base64').toString().replace('IntegrationPackInstance', '')
  expect((await operator.call('GET', `/installations/${installationId}`)).json()).toMatchObject({
    attached: [{ environmentId: place.id, whyClosed: expect.stringContaining('is kept to') }],
  })
  const rename = (by: typeof operator) =>
    by.call('PATCH', `/environments/${place.id}`, { body: { name: unique('Renamed') } })
  const developer = await createScript(app, { accountId, role: 'standard-user' })
  expect((await rename(developer)).statusCode).toBe(200)
  expect((await rename(managed)).statusCode).toBe(200)
  expect((await rename(operator)).statusCode).toBe(403)
  await keep(place.id, operatorRole.roleId)
  expect((await rename(operator)).statusCode).toBe(200)
  expect((await operator.call('GET', `/environments/${place.id}`)).json()).toMatchObject({ whyClosed: null })
})

test('through overrideAccount the roles count that the caller holds in the account of the address', async () => {
  const { id } = await createPlace(app, accountId)
  await keep(id, operatorRole.roleId)
  const developer = await createScript(app, { accountId: publisher.accountId, role: 'standard-user' })
  const rename = ({ authorization }: typeof developer) =>
    platformCaller(app, {
      accountId: publisher.accountId,
      authorization,
      base: '/partner/api/rest/v1',
    })('POST', `/Environment/${id}?overrideAccount=${accountId}`, { body: { name: unique('Renamed') } })
  const refused = await rename(developer)
  expect(refused.statusCode, refused.body).toBe(403)
  expect((await rename(publisher)).statusCode).toBe(200)
})

test('a role that keeps an environment is not deleted before it is taken off', async () => {
  const { id: environmentId, name } = await createPlace(app, accountId, { atoms: 0 })
  const { id: roleId } = await db.role.create({ data: { accountId, name: unique('Role'), privileges: [] } })
  await keep(environmentId, roleId)
  const refused = await managed.send('DELETE', `/Role/${roleId}`)
  expect(refused.statusCode).toBe(400)
  expect(messageOf(refused)).toContain(`Environments are kept to this role: ${name}.`)
  expect((await managed.send('DELETE', `/Environment/${environmentId}`)).json()).toBe(true)
  expect((await managed.send('DELETE', `/Role/${roleId}`)).json()).toBe(true)
})

test('an administrator of the primary account is one here only as far as the Support Access Role goes', async () => {
  const { id } = await createPlace(app, accountId)
  await keep(id, developers)
  const script = { accountId: publisher.accountId, authorization: publisher.authorization }
  const partner = platformCaller(app, { ...script, base: '/partner/api/rest/v1' })
  const rename = (name: string) =>
    partner('POST', `/Environment/${id}?overrideAccount=${accountId}`, { body: { id, name } })
  expect((await rename(unique('Renamed'))).statusCode).toBe(200)

  const privileges = ['api-access', 'atom-management', 'environment-management']
  const { id: supportAccessRoleId } = await db.role.create({
    data: { accountId, name: unique('Support access'), privileges },
  })
  await db.account.update({ where: { id: accountId }, data: { supportAccessRoleId } })
  expect(messageOf(await rename(unique('Renamed')))).toContain('is kept to the role')
  await db.account.update({ where: { id: accountId }, data: { supportAccessRoleId: null } })
})
