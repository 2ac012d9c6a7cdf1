import { randomBytes } from 'node:crypto'
import type { InstallationView } from '@packline/contract/installations.ts'
import type { ApplyUpdatesResult, EnvironmentPacks } from '@packline/contract/updates.ts'
import { createAccount, signInAs } from './people.ts'
import type { ReleaseScene } from './release-scene.ts'
import type { TestApp } from './test-app.ts'

/** A managed account that sees the scene's pack through a group, with somebody who may install, attach and apply. */
export async function createConsumer(
  test: TestApp,
  { pack, accountId: publisherId }: Pick<ReleaseScene, 'pack' | 'accountId'>,
) {
  const accountId = await createAccount(test, { primaryAccountId: publisherId })
  const group = await test.db.accountGroup.create({
    data: {
      primaryAccountId: publisherId,
      name: `Group of ${accountId}`,
      accounts: { create: { accountId } },
      packs: { create: { packId: pack.id } },
    },
  })
  const operator = await signInAs(test, { accountId, role: 'standard-user' })
  return { accountId, group, operator, call: operator.call }
}

export type Consumer = Awaited<ReturnType<typeof createConsumer>>

/** An environment with an Atom of one node, unless said otherwise. */
export async function createPlace(
  { db }: TestApp,
  accountId: string,
  {
    name = `Place ${randomBytes(4).toString('hex')}`,
    atoms = 1,
    nodes = 1,
    type = 'ATOM',
  }: { name?: string; atoms?: number; nodes?: number; type?: 'ATOM' | 'MOLECULE' | 'CLOUD' } = {},
) {
  const environment = await db.environment.create({
    data: { accountId, name, classification: 'PRODUCTION' },
  })
  const made = []
  for (let number = 1; number <= atoms; number += 1) {
    made.push(
      await db.atom.create({
        data: {
          accountId,
          environmentId: environment.id,
          type,
          name: `${name} ${number}`,
          nodes: {
            create: Array.from({ length: nodes }, (_, node) => ({
              name: `node ${node}`,
              credentialHash: randomBytes(32),
              lastSeenAt: new Date(),
            })),
          },
        },
        include: { nodes: true },
      }),
    )
  }
  return { ...environment, atoms: made }
}

/** Installs the pack through the API, attached to these environments. */
export async function install(
  { call }: Consumer,
  packId: string,
  environmentIds: readonly string[] = [],
  name?: string,
): Promise<InstallationView> {
  const answer = await call('POST', '/installations', {
    body: { packId, environmentIds, ...(name && { name }) },
  })
  if (answer.statusCode !== 201) throw new Error(`Not installed: ${answer.body}`)
  return answer.json<InstallationView>()
}

export async function packsOf({ call }: Consumer, environmentId: string): Promise<EnvironmentPacks> {
  return (await call('GET', `/environments/${environmentId}/integration-packs`)).json<EnvironmentPacks>()
}

/** Applies what is pending and says what became of each pack. */
export async function apply({ call }: Consumer, environmentId: string, body: unknown = {}) {
  const answer = await call('POST', `/environments/${environmentId}/updates`, { body })
  if (answer.statusCode !== 200) throw new Error(`Not applied: ${answer.body}`)
  return answer.json<ApplyUpdatesResult>().results
}

/** Everything that was or is deployed in an environment, by component and in the order it came. */
export async function deploymentsIn({ db }: TestApp, environmentId: string) {
  const rows = await db.deployedPackage.findMany({ where: { environmentId }, orderBy: { version: 'asc' } })
  const packages = await db.packagedComponent.findMany({
    where: { id: { in: rows.map(({ packageId }) => packageId) } },
    orderBy: { componentName: 'asc' },
  })
  const names = [...new Set(packages.map(({ componentName }) => componentName))]
  return names.flatMap((componentName) =>
    rows.flatMap(({ packageId, version, isActive }) => {
      const packaged = packages.find(({ id }) => id === packageId)
      return packaged?.componentName === componentName
        ? [{ componentName, packageVersion: packaged.version, version, isActive }]
        : []
    }),
  )
}

/** What is deployed in an environment, as `component version`. */
export async function deployedIn(app: TestApp, environmentId: string): Promise<string[]> {
  const rows = await deploymentsIn(app, environmentId)
  return rows.flatMap(({ isActive, componentName, packageVersion }) =>
    isActive ? [`${componentName} ${packageVersion}`] : [],
  )
}

/** How many updates to releases of a pack are on record. */
export async function countTargets({ db }: TestApp, packId: string): Promise<number> {
  const releases = await db.release.findMany({ where: { packId } })
  return db.releaseTarget.count({ where: { releaseId: { in: releases.map(({ id }) => id) } } })
}

/** What the nodes of an environment have to do or have done, as `release state`. */
export async function deliveriesIn({ db }: TestApp, environmentId: string) {
  return db.delivery.findMany({
    where: { attachment: { environmentId } },
    orderBy: [{ changedAt: 'asc' }, { releaseId: 'asc' }, { nodeId: 'asc' }],
    select: { releaseId: true, nodeId: true, state: true },
  })
}
