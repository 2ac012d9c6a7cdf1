import { describe, expect, test } from 'vitest'
import { releaseReadiness } from './release-readiness.ts'
import { type Facts, packState, row, versions } from './test-data/packs.ts'

const readiness = (facts: Facts, isReleasing = false) => releaseReadiness(packState(facts), isReleasing)

const allReleased: Facts = {
  items: [row('orders')],
  packages: versions('orders-1'),
  current: versions('orders-1'),
}

describe('R-26 the Release button is there only if something differs from the current release', () => {
  test('a new row', () => {
    const facts = { items: [row('orders', 'orders-1')], packages: versions('orders-1') }
    expect(readiness(facts)).toMatchObject({ kind: 'ready', changes: { counts: { added: 1 } } })
  })

  test('a newer version', () => {
    const facts = { ...allReleased, packages: versions('orders-1', 'orders-2') }
    expect(readiness(facts)).toMatchObject({ kind: 'ready', changes: { counts: { updated: 1 } } })
  })

  test('a deletion, when something else stays', () => {
    const items = [row('orders'), row('stock', null, { isRemoved: true })]
    const facts = {
      items,
      packages: versions('orders-1', 'stock-1'),
      current: versions('orders-1', 'stock-1'),
    }
    expect(readiness(facts)).toMatchObject({ kind: 'ready', changes: { counts: { removed: 1 } } })
  })
})

describe('D-5 otherwise its place explains why', () => {
  test.each<[string, Facts]>([
    ['pack-empty', { items: [] }],
    ['only-deletions-left', { ...allReleased, items: [row('orders', null, { isRemoved: true })] }],
    ['all-released', allReleased],
  ])('%s', (why, facts) => {
    expect(readiness(facts)).toEqual({ kind: 'nothing-to-release', why })
  })

  test('a never released row that was removed is nothing to release', () => {
    const items = [row('orders'), row('stock', 'stock-1', { isRemoved: true })]
    expect(readiness({ ...allReleased, items })).toEqual({ kind: 'nothing-to-release', why: 'all-released' })
  })

  test('a release on its way', () => {
    const facts = { ...allReleased, packages: versions('orders-1', 'orders-2') }
    expect(readiness(facts, true)).toEqual({ kind: 'nothing-to-release', why: 'release-in-progress' })
  })
})

describe('while a release is scheduled', () => {
  const scheduled = { releaseId: 'r2', content: versions('orders-2') }

  test('that has everything there is, it is changed instead', () => {
    const facts = { ...allReleased, packages: versions('orders-1', 'orders-2'), scheduled }
    expect(readiness(facts)).toEqual({ kind: 'nothing-to-release', why: 'release-scheduled' })
  })

  test('R-34 something newer may go out at once and ends the testing period', () => {
    const facts = { ...allReleased, packages: versions('orders-1', 'orders-2', 'orders-3'), scheduled }
    expect(readiness(facts)).toMatchObject({ kind: 'ready', endsTestingPeriod: true })
  })
})
