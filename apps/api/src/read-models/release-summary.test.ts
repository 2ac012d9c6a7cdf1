import { beforeAll, describe, expect, test } from 'vitest'
import { countStatements, createPackaged, createReleaseOf, installIn, scopeOf } from '../test/pack-data.ts'
import { createAccount } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { releaseSummaries } from './release-summary.ts'

const app = await createTestApp()
let accountId: string

beforeAll(async () => {
  accountId = await createAccount(app)
})

let packNumber = 0
/** A released pack, installed and attached `attached` times in an account it is shared with. */
async function installedPack(attached: number) {
  packNumber += 1
  const pack = await app.db.integrationPack.create({
    data: { accountId, name: `Pack ${packNumber}`, type: 'SINGLE' },
  })
  const { packages } = await createPackaged(app, accountId)
  const current = await createReleaseOf(app, pack.id, { content: packages })
  const consumer = await createAccount(app)
  const { group } = await installIn(app, consumer, {
    packId: pack.id,
    releaseId: current.id,
    environments: attached,
  })
  const attachments = await app.db.attachment.findMany({ where: { packId: pack.id }, orderBy: { id: 'asc' } })
  return { pack, packages, current, consumer, group, attachments }
}

const reach = (attachmentId: string, { releaseId, from }: { releaseId: string; from: string }) =>
  app.db.$transaction([
    app.db.releaseTarget.create({
      data: {
        releaseId,
        attachmentId,
        accountId,
        fromReleaseId: from,
        fromNumber: 1,
        toNumber: 2,
        how: 'MANUAL',
        appliedAt: new Date('2026-05-04T00:00:00Z'),
      },
    }),
    app.db.attachment.update({ where: { id: attachmentId }, data: { releaseId, versionNumber: 2 } }),
  ])

async function progressOf(releaseId: string) {
  const found = (await releaseSummaries(app.db, { scope: scopeOf(accountId), releaseIds: [releaseId] })).get(
    releaseId,
  )
  return found && [found.updated, found.total]
}

describe('how far a release has come', () => {
  test('scheduled: early applies of all that are attached', async () => {
    const { pack, packages, current, attachments } = await installedPack(3)
    const scheduled = await createReleaseOf(app, pack.id, {
      status: 'SCHEDULED',
      timing: 'DATED',
      content: packages,
    })
    expect(await progressOf(scheduled.id)).toEqual([0, 3])
    const [first] = attachments
    await reach(first?.id ?? '', { releaseId: scheduled.id, from: current.id })
    expect(await progressOf(scheduled.id)).toEqual([1, 3])
  })

  test('going out: what is done of what is to do; done: as many as it reached', async () => {
    const { pack, packages, current, attachments } = await installedPack(3)
    const next = await createReleaseOf(app, pack.id, { status: 'IN_PROGRESS', content: packages })
    for (const { id } of attachments.slice(0, 2)) await reach(id, { releaseId: next.id, from: current.id })
    expect(await progressOf(next.id)).toEqual([2, 3])
    await app.db.release.update({ where: { id: next.id }, data: { status: 'SUCCESS' } })
    expect(await progressOf(next.id)).toEqual([2, 2])
    expect(await progressOf(current.id)).toEqual([0, 0])
  })

  test('detached attachments and accounts it is no longer shared with are not waited for (D-4)', async () => {
    const { pack, packages, group, attachments } = await installedPack(3)
    const next = await createReleaseOf(app, pack.id, { status: 'IN_PROGRESS', content: packages })
    await app.db.attachment.update({
      where: { id: attachments[0]?.id ?? '' },
      data: { detachedAt: new Date('2026-05-04T00:00:00Z') },
    })
    expect(await progressOf(next.id)).toEqual([0, 2])
    await app.db.accountGroup.delete({ where: { id: group.id } })
    expect(await progressOf(next.id)).toEqual([0, 0])
  })
})

describe('lateness', () => {
  test.each([
    ['2026-05-01T22:00:01Z', null],
    ['2026-05-01T22:59:59.999Z', null],
    ['2026-05-01T23:00:00Z', 0],
    ['2026-05-01T23:00:00.001Z', 1],
    ['2026-05-02T01:00:00Z', 7_200],
  ])('finished at %s', async (finishedAt, lateBySeconds) => {
    const { pack, packages } = await installedPack(0)
    const release = await createReleaseOf(app, pack.id, { timing: 'DATED', content: packages })
    await app.db.release.update({ where: { id: release.id }, data: { finishedAt } })
    const summaries = await releaseSummaries(app.db, { scope: scopeOf(accountId), releaseIds: [release.id] })
    expect(summaries.get(release.id)).toMatchObject({
      lateBySeconds,
      window: { start: '2026-05-01T22:00:00.000Z', end: '2026-05-01T23:00:00.000Z', kind: 'ordinary' },
    })
  })

  test('an immediate release has no window and is never late', async () => {
    const { current } = await installedPack(0)
    await app.db.release.update({ where: { id: current.id }, data: { finishedAt: '2026-05-09T00:00:00Z' } })
    const summaries = await releaseSummaries(app.db, { scope: scopeOf(accountId), releaseIds: [current.id] })
    expect(summaries.get(current.id)).toMatchObject({ window: null, lateBySeconds: null })
  })
})

test('all releases of packs come newest first, in one statement, and none of another account', async () => {
  const [one, other] = [await installedPack(1), await installedPack(1)]
  const newer = await createReleaseOf(app, one.pack.id, { content: one.packages })
  const { db, counter } = countStatements(app.db)
  const choice = { packIds: [one.pack.id, other.pack.id] }
  const summaries = await releaseSummaries(db, { scope: scopeOf(accountId), ...choice })
  expect(counter.statements).toBe(1)
  expect(new Set(summaries.keys())).toEqual(new Set([newer.id, one.current.id, other.current.id]))
  const ofOne = [...summaries.values()].filter(({ packId }) => packId === one.pack.id)
  expect(ofOne.map(({ sequence }) => sequence)).toEqual([2, 1])

  const stranger = scopeOf(await createAccount(app))
  expect((await releaseSummaries(app.db, { scope: stranger, ...choice })).size).toBe(0)
  expect((await releaseSummaries(app.db, { scope: stranger })).size).toBe(0)
})
