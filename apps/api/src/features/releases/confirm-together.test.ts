import { expect, test } from 'vitest'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseOf, scopeOf } from '../../test/pack-data.ts'
import { addCustomer, createReleaseScene, packageOf, releaseBody } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { lockPack } from '../integration-packs/integration-packs.store.ts'

const app = await createTestApp()
const { db } = app

/** A publisher with that many packs more, all of the same components and each installed once. */
async function createPacks(howMany: number) {
  const scene = await createReleaseScene(app)
  const packIds = []
  for (let index = 0; index < howMany; index += 1) {
    const pack = await db.integrationPack.create({
      data: {
        accountId: scene.accountId,
        name: `Pack ${index}`,
        type: 'SINGLE',
        items: { create: [{ componentId: scene.orders.id }, { componentId: scene.invoices.id }] },
      },
    })
    const content = [packageOf(scene.orders, 0), packageOf(scene.invoices, 0)]
    const first = await createReleaseOf(app, pack.id, { content })
    await addCustomer(app, { ...scene, pack, first })
    packIds.push(pack.id)
  }
  const confirm = (packId: string, body: object = releaseBody(scene, [2, 1]), headers = {}) =>
    scene.manager.call('POST', `/integration-packs/${packId}/releases`, { body, headers })
  return { scene, packIds, confirm }
}

test('many who confirm at once share transactions, and each gets a release of their own that is out', async () => {
  const { packIds, confirm } = await createPacks(12)
  const answers = await Promise.all(packIds.map((packId) => confirm(packId)))
  for (const [index, answer] of answers.entries()) {
    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.json()).toMatchObject({
      packId: packIds[index],
      packName: `Pack ${index}`,
      sequence: 2,
      previousSequence: 1,
      status: 'SUCCESS',
      updated: 1,
      accounts: 1,
      packageCount: 2,
    })
    expect(answer.json().changes).toHaveLength(2)
  }
  const [transactions] = await db.$queryRaw<[{ count: number }]>`
    select count(distinct i.xmin::text)::int as count from "ReleaseItem" i join "Release" r on r.id = i."releaseId"
    where r."packId" = any(${packIds}::uuid[]) and r.sequence = 2`
  expect(transactions.count).toBeLessThan(packIds.length)
  expect(await db.auditEntry.count({ where: { action: 'as.ipack.release RELEASE_NOW' } })).toBe(
    packIds.length,
  )
})

test('each is decided by its own pack: refusals, dates and outdated copies among the others', async () => {
  const { scene, packIds, confirm } = await createPacks(7)
  const [good = '', unchanged = '', foreign = '', dated = '', outdated = '', again = '', scheduled = ''] =
    packIds
  await createReleaseOf(app, scheduled, {
    status: 'SCHEDULED',
    timing: 'DATED',
    content: [packageOf(scene.orders, 1), packageOf(scene.invoices, 1)],
    dueAt: new Date('2027-06-01T00:00:00Z'),
  })
  const wrong = {
    ...releaseBody(scene, [1, 1]),
    versions: [{ componentId: scene.orders.id, packageId: packageOf(scene.invoices, 1).id }],
  }
  const answers = await Promise.all([
    confirm(good),
    confirm(unchanged, releaseBody(scene, [0, 0])),
    confirm(foreign, wrong),
    confirm(dated, releaseBody(scene, [1, 1], '2027-03-01')),
    confirm(outdated, undefined, { 'if-match': '"999"' }),
    confirm(again),
    confirm(again),
    confirm(scheduled),
    confirm('00000000-0000-4000-8000-000000000000'),
  ])
  const codes = answers.map((answer) => [answer.statusCode, answer.json().code ?? answer.json().status])
  expect(codes.slice(0, 5)).toEqual([
    [201, 'SUCCESS'],
    [409, 'versions-unchanged'],
    [422, 'version-not-of-component'],
    [201, 'SCHEDULED'],
    [412, 'pack-changed'],
  ])
  expect(codes.slice(5, 7).toSorted()).toEqual([
    [201, 'SUCCESS'],
    [409, 'versions-unchanged'],
  ])
  expect(codes.slice(7)).toEqual([
    [201, 'SUCCESS'],
    [404, 'integration-pack-not-found'],
  ])
  const replaced = await db.release.findFirstOrThrow({ where: { packId: scheduled, timing: 'DATED' } })
  expect(replaced).toMatchObject({ status: 'SUPERSEDED', supersededById: answers[7]?.json().id })
  const events = await db.event.findMany({ where: { packId: { in: packIds } }, select: { type: true } })
  expect(events.map(({ type }) => type).toSorted()).toEqual([
    'release.released',
    'release.released',
    'release.released',
    'release.scheduled',
  ])
})

test('of many who confirm for the same pack exactly one is first, and all others hear why not', async () => {
  const { scene, packIds, confirm } = await createPacks(2)
  const [one = '', other = ''] = packIds
  const rivals = Array.from({ length: 60 }, (_, index) =>
    confirm(index % 2 === 0 ? one : other, releaseBody(scene, [index % 4 < 2 ? 1 : 2, 1], '2027-03-01')),
  )
  const answers = await Promise.all(rivals)
  const codes = answers.map((answer) => answer.json().code ?? answer.json().status)
  expect(codes.filter((code) => code === 'SCHEDULED')).toHaveLength(2)
  expect(codes.filter((code) => code === 'release-already-scheduled')).toHaveLength(58)
  expect(await db.release.count({ where: { packId: { in: packIds }, status: 'SCHEDULED' } })).toBe(2)
})

test('who confirms after another of the same moment is decided by what that one has changed', async () => {
  const { scene, packIds, confirm } = await createPacks(1)
  const [packId = ''] = packIds
  const answers = await Promise.all([
    ...[1, 2].map((orders) => confirm(packId, releaseBody(scene, [orders, 1]))),
    ...[1, 2].map((orders) => confirm(packId, releaseBody(scene, [orders, 0]), { 'if-match': '"0"' })),
  ])
  expect(answers.map(({ statusCode }) => statusCode).slice(0, 2)).toEqual([201, 201])
  const sequences = answers.slice(0, 2).map((answer) => answer.json().sequence)
  expect(sequences.toSorted()).toEqual([2, 3])
  const second = answers[sequences.indexOf(3)]?.json()
  expect(second).toMatchObject({ status: 'SUCCESS', previousSequence: 2, updated: 1 })
  expect((await db.integrationPack.findUniqueOrThrow({ where: { id: packId } })).currentReleaseId).toBe(
    second.id,
  )
  expect(answers.slice(2).map(({ statusCode }) => statusCode)).toEqual([412, 412])
})

test('nobody waits for a pack that somebody else has', async () => {
  const { scene, packIds, confirm } = await createPacks(6)
  const [held = '', ...free] = packIds
  const { waiting } = await db.$transaction(async (tx) => {
    await lockPack(tx, scopeOf(scene.accountId), held)
    const asked = packIds.map((packId) => confirm(packId))
    const answers = await Promise.all(asked.slice(1))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(free.map(() => 201))
    await untilSomeoneWaitsForALock(db)
    return { waiting: asked[0] }
  })
  expect((await waiting)?.statusCode).toBe(201)
})

test('one that cannot be written does not fail the others', async () => {
  const { packIds, confirm } = await createPacks(5)
  const [broken = '', ...sound] = packIds
  await db.$executeRawUnsafe(`
    create function sabotage() returns trigger language plpgsql as $$
    begin raise exception 'sabotaged' using errcode = '22023'; end $$`)
  await db.$executeRawUnsafe(`
    create trigger sabotage before insert on "Release" for each row
    when (new."packId" = '${broken}') execute function sabotage()`)
  const answers = await Promise.all(packIds.map((packId) => confirm(packId)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, ...sound.map(() => 201)])
  expect(await db.release.count({ where: { packId: broken } })).toBe(1)
})
