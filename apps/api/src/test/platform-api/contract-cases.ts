import { createPlace } from '../consumer-scene.ts'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { createAccount, signInAs } from '../people.ts'
import type { TestApp } from '../test-app.ts'
import { encodeId } from '../../platform-api/objects/conceptual-id.ts'
import {
  createAttachment,
  createGroup,
  createInstance,
  createPack,
  createProcess,
  createSharedPack,
  type Pair,
  unique,
} from './contract-scene.ts'
import type { Replacements } from './fill-example.ts'
import type { PublicOperation } from './public-description.ts'

/** What an operation needs to be there: who calls, the id in its address, and what its example is to name. */
export type Case = {
  as: 'publisher' | 'managed'
  id?: string
  replace?: Replacements
  /** Other than 200. */
  status?: number
}
export type Prepare = (test: TestApp, pair: Pair, media: 'json' | 'xml') => Promise<Case>

const tomorrow = (days = 2) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const published = async (test: TestApp, pair: Pair): Promise<Case> => {
  const pack = await createPack(test, pair, 'SINGLE')
  const other = await createProcess(test, pair)
  const name = unique('single_Ipack')
  return {
    as: 'publisher',
    id: pack.id,
    replace: { id: pack.id, name, componentId: [pack.component.id, other.id] },
  }
}

const releasable = async (test: TestApp, pair: Pair): Promise<Case> => {
  const pack = await createPack(test, pair)
  const componentId = pack.component.id
  return {
    as: 'publisher',
    id: pack.id,
    replace: { id: pack.id, componentId, version: '1.0', releaseOnDate: tomorrow() },
  }
}

async function scheduled(test: TestApp, pair: Pair) {
  const ready = await releasable(test, pair)
  const answer = await pair.publisher.send('POST', '/ReleaseIntegrationPack', {
    body: {
      id: ready.id,
      releaseSchedule: 'RELEASE_ON_SPECIFIED_DATE',
      releaseOnDate: tomorrow(3),
      ReleasePackagedComponents: {
        ReleasePackagedComponent: [{ componentId: ready.replace?.['componentId'], version: '2.0' }],
      },
    },
  })
  const { requestId } = answer.json<{ requestId: string }>()
  if (!requestId) throw new Error(answer.body)
  return { ...ready, requestId }
}

const instance = async (test: TestApp, pair: Pair): Promise<Case> => ({
  as: 'managed',
  id: (await createInstance(test, pair)).id,
})

async function environment(test: TestApp, pair: Pair): Promise<Case> {
  const { id } = await createPlace(test, pair.managed.accountId, { atoms: 0 })
  return { as: 'managed', id, replace: { id, name: unique('Our Production Environment') } }
}

async function atom(test: TestApp, pair: Pair): Promise<Case> {
  const { atoms } = await createPlace(test, pair.managed.accountId, { type: 'MOLECULE', nodes: 2 })
  const id = atoms[0]?.id ?? ''
  return { as: 'managed', id, replace: { id } }
}

async function packaged(test: TestApp, pair: Pair): Promise<Case> {
  const component = await createProcess(test, pair)
  return { as: 'publisher', id: component.packages[0]?.id ?? '' }
}

async function deployed(test: TestApp, pair: Pair): Promise<Case> {
  const { environment: place } = await createAttachment(test, pair)
  const row = await test.db.deployedPackage.findFirstOrThrow({ where: { environmentId: place.id } })
  return { as: 'managed', id: row.id, replace: { environmentId: place.id } }
}

/** In an account with legacy deployment: an Atom in no environment. */
async function attachable(test: TestApp, pair: Pair) {
  const { accountId } = pair.managed
  await test.db.account.update({ where: { id: accountId }, data: { legacyDeployment: true } })
  const { atoms } = await createPlace(test, accountId)
  const atomId = atoms[0]?.id ?? ''
  await test.db.atom.update({ where: { id: atomId }, data: { environmentId: null } })
  const { id: integrationPackInstanceId } = await createInstance(test, pair)
  return { as: 'managed' as const, replace: { integrationPackInstanceId, atomId } }
}

async function deployable(test: TestApp, pair: Pair): Promise<Case> {
  const { id: componentId, packages } = await createProcess(test, pair)
  const { id: environmentId } = await createPlace(test, pair.publisher.accountId)
  return {
    as: 'publisher',
    replace: { environmentId, componentId, packageId: packages[0]?.id ?? '', notes: 'As agreed' },
  }
}

/** One way to make each object there for reading it; operations of their own name below. */
const cases: Record<string, Prepare> = {
  PublisherIntegrationPack: published,
  'ReleaseIntegrationPack CREATE': releasable,
  'ReleaseIntegrationPack UPDATE': scheduled,
  ReleaseIntegrationPackStatus: async (test, pair) => {
    const { requestId } = await scheduled(test, pair)
    return { as: 'publisher', id: requestId, status: 202 }
  },
  IntegrationPack: async (test, pair) => ({ as: 'managed', id: (await createSharedPack(test, pair)).id }),
  IntegrationPackInstance: instance,
  'IntegrationPackInstance CREATE': async (test, pair) => ({
    as: 'managed',
    replace: {
      integrationPackId: (await createSharedPack(test, pair)).id,
      integrationPackOverrideName: unique('Domestic'),
    },
  }),
  IntegrationPackEnvironmentAttachment: async (test, pair) => ({
    as: 'managed',
    id: (await createAttachment(test, pair)).id,
  }),
  'IntegrationPackEnvironmentAttachment CREATE': async (test, pair) => ({
    as: 'managed',
    replace: {
      integrationPackInstanceId: (await createInstance(test, pair)).id,
      environmentId: (await createPlace(test, pair.managed.accountId)).id,
    },
  }),
  IntegrationPackAtomAttachment: async (test, pair) => {
    const { replace: body } = await attachable(test, pair)
    const answer = await pair.managed.send('POST', '/IntegrationPackAtomAttachment', { body })
    return { as: 'managed', id: answer.json<{ id: string }>().id }
  },
  'IntegrationPackAtomAttachment CREATE': attachable,
  Component: async (test, pair) => {
    const { id } = await createProcess(test, pair)
    return { as: 'publisher', id, replace: { name: unique('Orders to ERP') } }
  },
  'Component CREATE': async () => ({ as: 'publisher', replace: { name: unique('Orders to ERP') } }),
  PackagedComponent: packaged,
  // The example in JSON makes a new one, the one in XML restores one that was deleted.
  'PackagedComponent CREATE': async (test, pair, media) => {
    const component = await createProcess(test, pair)
    const [deleted] = component.packages
    if (!deleted) throw new Error('A process has packages')
    await test.db.packagedComponent.update({ where: { id: deleted.id }, data: { deletedAt: new Date() } })
    const packageVersion = media === 'json' ? '9.1' : deleted.version
    return { as: 'publisher', replace: { componentId: component.id, packageId: deleted.id, packageVersion } }
  },
  PackagedComponentManifest: packaged,
  DeployedPackage: deployed,
  'DeployedPackage CREATE': deployable,
  'DeployedPackage DELETE': async (test, pair) => {
    const { as, replace: body } = await deployable(test, pair)
    const answer = await pair.publisher.send('POST', '/DeployedPackage', { body })
    return { as, id: answer.json<{ deploymentId: string }>().deploymentId }
  },
  Process: async (test, pair) => {
    await createInstance(test, pair)
    const { result } = (await pair.managed.send('POST', '/Process/query')).json<{
      result: { id: string }[]
    }>()
    return { as: 'managed', id: result[0]?.id ?? '' }
  },
  Environment: environment,
  'Environment CREATE': async () => ({ as: 'managed', replace: { name: unique('Production') } }),
  EnvironmentAtomAttachment: async (test, pair) => {
    await createPlace(test, pair.managed.accountId)
    const answer = await pair.managed.send('POST', '/EnvironmentAtomAttachment/query')
    return { as: 'managed', id: answer.json<{ result: { id: string }[] }>().result.at(-1)?.id ?? '' }
  },
  'EnvironmentAtomAttachment CREATE': async (test, pair) => {
    const place = await createPlace(test, pair.managed.accountId)
    const other = await createPlace(test, pair.managed.accountId, { atoms: 0 })
    return { as: 'managed', replace: { atomId: place.atoms[0]?.id ?? '', environmentId: other.id } }
  },
  EnvironmentRole: async (test, pair) => {
    const { id: environmentId } = await createPlace(test, pair.managed.accountId, { atoms: 0 })
    await test.db.environmentRole.create({ data: { environmentId, roleId: supportRole } })
    return { as: 'managed', id: encodeId(`ENV_ROLE${supportRole}:${environmentId}`) }
  },
  'EnvironmentRole CREATE': async (test, pair) => {
    const { id: environmentId } = await createPlace(test, pair.managed.accountId, { atoms: 0 })
    return { as: 'managed', replace: { environmentId, roleId: supportRole } }
  },
  Atom: atom,
  'Atom CREATE': async () => ({ as: 'managed', replace: { name: unique('Cloud Atom') } }),
  Account: async (_test, pair) => ({ as: 'publisher', id: pair.managed.accountId }),
  AccountGroup: async (test, pair) => {
    const { group } = await createSharedPack(test, pair)
    return { as: 'publisher', id: group.id, replace: { id: group.id, name: unique('Renamed') } }
  },
  AccountGroupAccount: async (test, pair) => {
    const { id } = await createGroup(test, pair)
    return { as: 'publisher', id: encodeId(`${id}|${pair.managed.accountId}`) }
  },
  AccountGroupIntegrationPack: async (test, pair) => {
    await createSharedPack(test, pair)
    return firstOf(pair, 'AccountGroupIntegrationPack')
  },
  AccountGroupUserRole: async (test, pair) => {
    const group = await createGroup(test, pair)
    const role = await test.db.role.create({
      data: { accountId: pair.publisher.accountId, name: unique('Role'), privileges: [] },
    })
    await test.db.accountGroupUser.create({
      data: { groupId: group.id, userId: pair.publisher.userId, roleId: role.id },
    })
    return firstOf(pair, 'AccountGroupUserRole')
  },
  'AccountGroup CREATE': async () => ({ as: 'publisher', replace: { name: unique('Group') } }),
  'AccountGroupAccount CREATE': async (test, pair) => {
    const { id } = await createGroup(test, pair)
    const accountId = await createAccount(test, { primaryAccountId: pair.publisher.accountId })
    return { as: 'publisher', replace: { accountGroupId: id, accountId } }
  },
  'AccountGroupIntegrationPack CREATE': async (test, pair) => {
    const pack = await createSharedPack(test, pair)
    const { id } = await createGroup(test, pair)
    return { as: 'publisher', replace: { accountGroupId: id, integrationPackId: pack.id } }
  },
  'AccountGroupUserRole CREATE': async (test, pair) => {
    const { id } = await createGroup(test, pair)
    const { email } = await createColleague(test, pair)
    return { as: 'publisher', replace: { accountGroupId: id, userId: email, roleId: supportRole } }
  },
  AccountUserRole: async (test, pair) => {
    const { userId } = await createColleague(test, pair)
    return { as: 'publisher', id: encodeId(`${pair.publisher.accountId}|${userId}|${standardRole}`) }
  },
  'AccountUserRole CREATE': async (test, pair) => {
    const { email } = await createColleague(test, pair)
    const { accountId } = pair.publisher
    return { as: 'publisher', replace: { accountId, userId: email, roleId: supportRole } }
  },
  Role: async (test, pair, media) => {
    const data = { accountId: pair.publisher.accountId, name: unique('Role'), privileges: ['api-access'] }
    const { id } = await test.db.role.create({ data })
    return { as: 'publisher', id, replace: { id, parentId: standardRole, name: roleNames(media) } }
  },
  'Role CREATE': async (_test, _pair, media) => ({
    as: 'publisher',
    replace: { parentId: standardRole, name: roleNames(media) },
  }),
  getAssignableRoles: async () => ({ as: 'publisher' }),
  AuditLog: async (test, pair) => {
    await createInstance(test, pair)
    const entry = await test.db.auditEntry.findFirstOrThrow({ where: { accountId: pair.managed.accountId } })
    return { as: 'managed', id: entry.id }
  },
  Event: async (test, pair) => {
    await scheduled(test, pair)
    return { as: 'publisher' }
  },
}

async function firstOf({ publisher }: Pair, object: string): Promise<Case> {
  const answer = await publisher.send('POST', `/${object}/query`)
  return { as: 'publisher', id: answer.json<{ result: { id: string }[] }>().result.at(-1)?.id ?? '' }
}

/** The names in the order of the example: the role's own, and those of its privileges. */
function roleNames(media: 'json' | 'xml'): string[] {
  const privileges = ['API', 'EXECUTE', 'BUILD']
  const own = unique('myRole')
  return media === 'json' ? [...privileges, own] : [own, ...privileges]
}

const standardRole = defaultRoleTable['standard-user'].id
const supportRole = defaultRoleTable.support.id

/** A user of the publisher account who has signed in before. */
async function createColleague(test: TestApp, { publisher }: Pair) {
  const person = await signInAs(test, { accountId: publisher.accountId })
  await test.db.user.update({ where: { id: person.userId }, data: { lastSignedInAt: new Date() } })
  return person
}

export function prepareFor({ object, operation }: PublicOperation): Prepare | undefined {
  return cases[`${object} ${operation}`] ?? cases[object]
}
