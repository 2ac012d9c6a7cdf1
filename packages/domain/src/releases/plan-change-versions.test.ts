import { describe, expect, test } from 'vitest'
import { planChangeVersions } from './plan-change-versions.ts'
import type { ReleaseRequest } from './plan-release.ts'
import { type Facts, now, packState, row, select, versions } from './test-data/packs.ts'

const duringTestingPeriod: Facts = {
  items: [row('orders'), row('stock')],
  packages: versions('orders-1', 'orders-2', 'orders-3', 'stock-1'),
  current: versions('orders-1', 'stock-1'),
  scheduled: { releaseId: 'r2', content: versions('orders-2', 'stock-1') },
}

function change(
  selections: ReleaseRequest['selections'],
  facts: Facts = {},
  request: Partial<ReleaseRequest> = {},
) {
  return planChangeVersions({
    pack: packState({ ...duringTestingPeriod, ...facts }),
    selections,
    option: { kind: 'dated', date: '2026-11-28' },
    notes: '',
    scheduler: { timeZone: 'America/New_York' },
    now,
    ...request,
  })
}

describe('D-2 change versions of a scheduled release', () => {
  test('gives a new release that supersedes it, in the zone of whoever changes it', () => {
    expect(change(select('orders-3', 'stock-1'))).toMatchObject({
      kind: 'planned',
      supersedesReleaseId: 'r2',
      schedule: { releaseOn: '2026-11-28', timeZone: 'America/New_York' },
    })
  })

  test('is measured against what consumers run, the current release', () => {
    expect(change(select('orders-3', 'stock-1'))).toMatchObject({
      changes: { counts: { updated: 1, unchanged: 1 } },
    })
  })

  test('the date must still be a coming one in that zone', () => {
    const outcome = change(
      select('orders-3', 'stock-1'),
      {},
      { option: { kind: 'dated', date: '2026-11-20' } },
    )
    expect(outcome).toMatchObject({ reason: 'date-is-today' })
  })

  test('the versions already scheduled are no change', () => {
    expect(change(select('stock-1', 'orders-2'))).toEqual({ kind: 'refused', reason: 'versions-unchanged' })
  })

  test('the versions already current are nothing to release', () => {
    expect(change(select('orders-1', 'stock-1'))).toEqual({ kind: 'refused', reason: 'versions-unchanged' })
  })

  test('without a scheduled release there is nothing to change', () => {
    expect(change(select('orders-3'), { scheduled: null })).toEqual({
      kind: 'refused',
      reason: 'release-not-scheduled',
    })
  })

  test('not while a release is going out', () => {
    expect(change(select('orders-3'), { isReleasing: true })).toMatchObject({ reason: 'release-in-progress' })
  })
})
