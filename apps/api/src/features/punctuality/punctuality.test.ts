import type { PunctualityPage, PunctualitySummary } from '@packline/contract/punctuality.ts'
import { describe, expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { countStatements, createReleaseOf, scopeOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { listPunctuality } from './punctuality.views.ts'

const app = await createTestApp()
const { db } = app
await setClock(db, '2027-03-01T12:00:00Z')

async function publisher() {
  const accountId = await createAccount(app)
  const manager = await signInAs(app, { accountId })
  const pack = await db.integrationPack.create({ data: { accountId, name: 'Order to Cash', type: 'SINGLE' } })
  /** A release due then; `took` seconds later it was out everywhere. */
  const release = async (dueAt: string, took: number | null, timing: 'DATED' | 'IMMEDIATE' = 'DATED') => {
    const made = await createReleaseOf(app, pack.id, { timing, dueAt: new Date(dueAt), isCurrent: false })
    const finishedAt = took === null ? null : new Date(Date.parse(dueAt) + took * 1000)
    const status = took === null ? 'ERROR' : 'SUCCESS'
    const data = { finishedAt, status, releaseOn: new Date(`${dueAt.slice(0, 10)}T00:00:00Z`) } as const
    return db.release.update({ where: { id: made.id }, data })
  }
  const summary = async () => (await manager.call('GET', '/punctuality')).json<PunctualitySummary>()
  const list = async (query: Record<string, string> = {}) =>
    (await manager.call('GET', '/punctuality/releases', { query })).json<PunctualityPage>()
  return { accountId, manager, pack, release, summary, list }
}

describe('the summary', () => {
  test('without releases there is nothing to say', async () => {
    const { summary } = await publisher()
    expect(await summary()).toEqual({
      since: expect.stringMatching(/^2026-12-01T12:00/),
      releases: 0,
      finished: 0,
      late: 0,
      medianSeconds: null,
      worst: null,
      days: [],
    })
  })

  test('median and worst of all and of each day; late is past the window', async () => {
    const { release, summary } = await publisher()
    await release('2027-02-01T00:00:00Z', 1)
    await release('2027-02-01T00:00:00Z', 3)
    const worst = await release('2027-02-02T00:00:00Z', 3_700)
    expect(await summary()).toMatchObject({
      releases: 3,
      finished: 3,
      late: 1,
      medianSeconds: 3,
      worst: { releaseId: worst.id, packName: 'Order to Cash', tookSeconds: 3_700 },
      days: [
        { date: '2027-02-01', finished: 2, late: 0, medianSeconds: 2, worstSeconds: 3 },
        { date: '2027-02-02', finished: 1, late: 1, medianSeconds: 3_700, worstSeconds: 3_700 },
      ],
    })
  })

  test('what failed is counted, is late once its window is over, and has no time', async () => {
    const { release, summary, list } = await publisher()
    await release('2027-03-01T10:59:00Z', null)
    await release('2027-03-01T11:30:00Z', null)
    expect(await summary()).toMatchObject({
      releases: 2,
      finished: 0,
      late: 1,
      medianSeconds: null,
      days: [],
    })
    const [inTime, late] = (await list()).rows
    expect(inTime).toMatchObject({ status: 'ERROR', tookSeconds: null, lateBySeconds: null })
    expect(late?.lateBySeconds).toBeGreaterThanOrEqual(60)
  })

  test('an immediate release is never late: nobody had set it a time', async () => {
    const { release, summary } = await publisher()
    await release('2027-02-01T00:00:00Z', 9_000, 'IMMEDIATE')
    expect(await summary()).toMatchObject({ late: 0, medianSeconds: 9_000 })
  })
})

describe('the list', () => {
  test('goes back 90 days and no further, and leaves out what is not due or was called off', async () => {
    const { release, list } = await publisher()
    await release('2026-12-01T11:59:00Z', 1)
    const oldest = await release('2026-12-01T12:01:00Z', 1)
    const coming = await release('2027-03-02T00:00:00Z', 1)
    await db.release.update({ where: { id: coming.id }, data: { status: 'SCHEDULED', startedAt: null } })
    const cancelled = await release('2027-02-01T00:00:00Z', 1)
    await db.release.update({
      where: { id: cancelled.id },
      data: { status: 'CANCELLED', cancelReason: 'Not ready.' },
    })
    expect((await list()).rows.map(({ releaseId }) => releaseId)).toEqual([oldest.id])
  })

  test('shows a release that is due and was not begun', async () => {
    const { release, list } = await publisher()
    const forgotten = await release('2027-03-01T10:00:00Z', 1)
    await db.release.update({
      where: { id: forgotten.id },
      data: { status: 'SCHEDULED', startedAt: null, finishedAt: null },
    })
    const [row] = (await list()).rows
    expect(row).toMatchObject({ status: 'SCHEDULED', startedAt: null, finishedAt: null })
    expect(row?.lateBySeconds).toBeGreaterThanOrEqual(3_600)
  })

  test('page after page, each release once, also of the same instant', async () => {
    const { release, list } = await publisher()
    for (let count = 0; count < 5; count += 1) await release('2027-02-01T00:00:00Z', count)
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page: PunctualityPage = await list({ pageSize: '2', ...(after && { after }) })
      seen.push(...page.rows.map(({ releaseId }) => releaseId))
      after = page.next
    }
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
  })

  test('and back again to the same pages', async () => {
    const { release, list } = await publisher()
    for (let count = 0; count < 5; count += 1) await release('2027-02-01T00:00:00Z', count)
    const first = await list({ pageSize: '2' })
    const second = await list({ pageSize: '2', after: first.next ?? '' })
    const third = await list({ pageSize: '2', after: second.next ?? '' })
    expect([first.previous, third.next]).toEqual([null, null])
    const back = await list({ pageSize: '2', before: third.previous ?? '' })
    expect(back.rows).toEqual(second.rows)
    const start = await list({ pageSize: '2', before: back.previous ?? '' })
    expect(start).toEqual(first)
  })

  test('a place that is none is refused', async () => {
    const { manager } = await publisher()
    const answer = await manager.call('GET', '/punctuality/releases', { query: { after: 'nonsense' } })
    expect(answer.statusCode).toBe(400)
  })

  test('takes one statement, however long it is', async () => {
    const { release, accountId } = await publisher()
    for (let count = 0; count < 3; count += 1) await release('2027-02-01T00:00:00Z', count)
    const counted = countStatements(db)
    await listPunctuality(counted.db, scopeOf(accountId), { pageSize: 50 })
    expect(counted.counter.statements).toBe(1)
  })
})

test('another account sees nothing of it', async () => {
  const { release } = await publisher()
  await release('2027-02-01T00:00:00Z', 1)
  const stranger = await publisher()
  expect(await stranger.summary()).toMatchObject({ releases: 0, worst: null, days: [] })
  expect((await stranger.list()).rows).toEqual([])
  expect((await stranger.manager.call('GET', '/punctuality.csv')).body).not.toContain('Order to Cash')
})

test('as a file: a line for each release, and a name that is a formula stays text', async () => {
  const { release, manager, pack } = await publisher()
  await db.integrationPack.update({ where: { id: pack.id }, data: { name: '=1+1' } })
  await release('2027-02-01T00:00:00Z', 2)
  const answer = await manager.call('GET', '/punctuality.csv')
  expect(answer.headers['content-type']).toContain('text/csv')
  expect(answer.headers['content-disposition']).toContain('Punctuality.csv')
  const lines = answer.body.trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/^'=1\+1,1,DATED,SUCCESS,2027-02-01T00:00:00.000Z,.*,2,,0,/)
})
