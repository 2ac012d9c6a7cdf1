import { randomUUID } from 'node:crypto'
import type { PackView } from '@packline/contract/integration-packs.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addVersion,
  countStatements,
  createPackaged,
  createReleaseOf,
  installIn,
  scopeOf,
} from '../test/pack-data.ts'
import { createAccount } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { loadContentsOfPacks } from './pack-contents.ts'
import { findPackView, toRows } from './pack-view.ts'

const app = await createTestApp()
let accountId: string

beforeAll(async () => {
  accountId = await createAccount(app)
})

const createdPack = () =>
  app.db.integrationPack.create({ data: { accountId, name: `Pack ${randomUUID()}`, type: 'SINGLE' } })

async function viewOf(packId: string): Promise<PackView> {
  const view = await findPackView(app.db, scopeOf(accountId), packId)
  if (!view) throw new Error('There is no such pack')
  return view
}

/** The columns Current, Pending and Latest of each row, as people read them. */
const columnsOf = ({ rows }: PackView) =>
  rows.map(({ current, pending, latest, isRemoved }) =>
    [current?.version, isRemoved ? 'Deleted' : pending?.version, latest?.version].map((text) => text ?? ''),
  )

async function packWithOneComponent(versions: string[]) {
  const pack = await createdPack()
  const component = await createPackaged(app, accountId, { versions })
  const [first] = component.packages
  if (!first) throw new Error('The component has no package')
  return { pack, component, first }
}

describe('the three version columns', () => {
  test('added and never released: pending, then latest once there is a newer version', async () => {
    const { pack, component, first } = await packWithOneComponent(['v1'])
    await app.db.packItem.create({
      data: { packId: pack.id, componentId: component.id, pendingPackageId: first.id },
    })
    expect(columnsOf(await viewOf(pack.id))).toEqual([['', 'v1', '']])
    await addVersion(app, component, 'v2')
    expect(columnsOf(await viewOf(pack.id))).toEqual([['', 'v1', 'v2']])
  })

  test('in the current release, with and without something newer', async () => {
    const { pack, component, first } = await packWithOneComponent(['v1'])
    await app.db.packItem.create({ data: { packId: pack.id, componentId: component.id } })
    const release = await createReleaseOf(app, pack.id, { content: [first] })
    const view = await viewOf(pack.id)
    expect(columnsOf(view)).toEqual([['v1', '', '']])
    expect(view).toMatchObject({
      readiness: { kind: 'nothing-to-release', why: 'all-released' },
      current: { id: release.id, sequence: 1, status: 'SUCCESS', packageCount: 1 },
    })
    await addVersion(app, component, 'v2')
    const newer = await viewOf(pack.id)
    expect(columnsOf(newer)).toEqual([['v1', '', 'v2']])
    expect(newer.readiness).toEqual({ kind: 'ready', changes: 1 })
  })

  test('while a release is scheduled, and removed after it', async () => {
    const { pack, component, first } = await packWithOneComponent(['v1'])
    await app.db.packItem.create({ data: { packId: pack.id, componentId: component.id } })
    await createReleaseOf(app, pack.id, { content: [first] })
    const second = await addVersion(app, component, 'v2')
    const release = await createReleaseOf(app, pack.id, {
      status: 'SCHEDULED',
      timing: 'DATED',
      content: [second],
    })
    const view = await viewOf(pack.id)
    expect(columnsOf(view)).toEqual([['v1', 'v2', '']])
    expect(view).toMatchObject({
      readiness: { kind: 'nothing-to-release', why: 'release-scheduled' },
      scheduled: {
        id: release.id,
        releaseOn: '2026-05-02',
        timeZone: 'Europe/Berlin',
        window: { start: '2026-05-01T22:00:00.000Z', end: '2026-05-01T23:00:00.000Z', kind: 'ordinary' },
      },
    })
    await addVersion(app, component, 'v3')
    expect(columnsOf(await viewOf(pack.id))).toEqual([['v1', 'v2', 'v3']])

    await app.db.packItem.updateMany({ where: { packId: pack.id }, data: { removedAt: new Date() } })
    expect(columnsOf(await viewOf(pack.id))).toEqual([['v1', 'Deleted', '']])
  })

  test('shows what only the scheduled release contains', async () => {
    const { pack, first } = await packWithOneComponent(['v1'])
    await createReleaseOf(app, pack.id, { status: 'SCHEDULED', timing: 'DATED', content: [first] })
    expect(columnsOf(await viewOf(pack.id))).toEqual([['', 'v1', '']])
  })
})

test('counts what no group shares any more apart from what another group still does (D-4)', async () => {
  const { pack, first } = await packWithOneComponent(['v1'])
  await app.db.packItem.create({ data: { packId: pack.id, componentId: first.componentId } })
  const release = await createReleaseOf(app, pack.id, { content: [first] })
  const install = async () => {
    const customer = await createAccount(app)
    const { group } = await installIn(app, customer, { packId: pack.id, releaseId: release.id })
    return { customer, groupId: group.id }
  }
  const [kept, alsoElsewhere, unshared, left] = [
    await install(),
    await install(),
    await install(),
    await install(),
  ]
  expect(await viewOf(pack.id)).toMatchObject({ installations: 4, unsharedInstallations: 0 })

  await app.db.accountGroupAccount.create({
    data: { groupId: kept.groupId, accountId: alsoElsewhere.customer },
  })
  const unshare = (groupId: string) => app.db.accountGroupPack.deleteMany({ where: { groupId } })
  await unshare(alsoElsewhere.groupId)
  await unshare(unshared.groupId)
  await app.db.accountGroupAccount.deleteMany({ where: { groupId: left.groupId } })
  expect(await viewOf(pack.id)).toMatchObject({ installations: 4, accounts: 4, unsharedInstallations: 2 })

  await app.db.installation.updateMany({
    where: { packId: pack.id, accountId: left.customer },
    data: { uninstalledAt: new Date() },
  })
  expect(await viewOf(pack.id)).toMatchObject({ installations: 3, accounts: 3, unsharedInstallations: 1 })
  await unshare(kept.groupId)
  expect(await viewOf(pack.id)).toMatchObject({ installations: 3, unsharedInstallations: 3 })
})

test('rows are in the order of their names, numbers by value (R-18)', async () => {
  const pack = await createdPack()
  for (const name of ['step 10', 'Step 2', 'alpha', 'Österreich']) {
    const { id, packages } = await createPackaged(app, accountId, { name })
    await app.db.packItem.create({
      data: { packId: pack.id, componentId: id, pendingPackageId: packages[0]?.id ?? null },
    })
  }
  const names = (await viewOf(pack.id)).rows.map(({ componentName }) => componentName)
  expect(names).toEqual(['alpha', 'Österreich', 'Step 2', 'step 10'])
})

test('shows a release that goes out, also before the job has taken it, and one that failed', async () => {
  const [waiting, going, failed, replaced] = [
    await createdPack(),
    await createdPack(),
    await createdPack(),
    await createdPack(),
  ]
  const { packages } = await createPackaged(app, accountId)
  const releaseOf = (
    packId: string,
    status: 'SCHEDULED' | 'IN_PROGRESS' | 'ERROR' | 'CANCELLED' | 'SUCCESS',
  ) => createReleaseOf(app, packId, { status, content: packages })

  const immediate = await releaseOf(waiting.id, 'SCHEDULED')
  expect(await viewOf(waiting.id)).toMatchObject({
    inProgress: { id: immediate.id },
    scheduled: null,
    readiness: { kind: 'nothing-to-release', why: 'release-in-progress' },
  })
  const inProgress = await releaseOf(going.id, 'IN_PROGRESS')
  expect(await viewOf(going.id)).toMatchObject({ inProgress: { id: inProgress.id }, failed: null })

  const error = await releaseOf(failed.id, 'ERROR')
  await releaseOf(failed.id, 'CANCELLED')
  expect(await viewOf(failed.id)).toMatchObject({ failed: { id: error.id, status: 'ERROR' } })
  await releaseOf(replaced.id, 'ERROR')
  await releaseOf(replaced.id, 'SUCCESS')
  expect(await viewOf(replaced.id)).toMatchObject({ failed: null })
})

test('takes five statements, however much the pack holds', async () => {
  const small = await createdPack()
  const large = await createdPack()
  const content = []
  for (let number = 0; number < 100; number += 1) {
    const { id, packages } = await createPackaged(app, accountId, {
      name: `Part ${number}`,
      versions: ['1', '2'],
    })
    await app.db.packItem.create({ data: { packId: large.id, componentId: id } })
    content.push(...packages.slice(0, 1))
  }
  await createReleaseOf(app, large.id, { content })
  for (const [pack, size] of [
    [small, 0],
    [large, 100],
  ] as const) {
    const { db, counter } = countStatements(app.db)
    const view = await findPackView(db, scopeOf(accountId), pack.id)
    expect(view?.rows).toHaveLength(size)
    expect(counter.statements).toBe(5)
  }
})

test('of several packs at once each has its own versions, also of a component they share', async () => {
  const { pack, component, first } = await packWithOneComponent(['1.0', '2.0'])
  const other = await createdPack()
  const [, second] = component.packages
  await app.db.packItem.createMany({
    data: [
      { packId: pack.id, componentId: component.id, pendingPackageId: first.id },
      { packId: other.id, componentId: component.id, pendingPackageId: second?.id ?? null },
    ],
  })
  const ids = [other.id, randomUUID(), pack.id]
  const found = await loadContentsOfPacks(app.db, ids)
  expect(found.map((contents) => toRows(contents).map(({ pending }) => pending?.version))).toEqual([
    ['2.0'],
    [],
    ['1.0'],
  ])
})
