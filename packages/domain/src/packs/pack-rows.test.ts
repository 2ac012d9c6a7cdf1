import { describe, expect, test } from 'vitest'
import { packState, row, version, versions } from '../releases/test-data/packs.ts'
import type { PackItem } from './pack-item.ts'
import { type PackContents, packRows } from './pack-rows.ts'

/** The one row of a pack as the table shows it: current, pending, latest and what a new release takes. */
function shown(item: PackItem, facts: Partial<PackContents> = {}) {
  return packRows(packState({ items: [item], ...facts })).flatMap(
    ({ current, pending, latest, defaultVersion }) => [
      current?.id ?? '',
      pending.kind === 'version' ? pending.package.id : { blank: '', deleted: 'Deleted' }[pending.kind],
      latest?.id ?? '',
      defaultVersion?.id ?? '',
    ],
  )
}

const scheduled = (...ids: string[]) => ({ releaseId: 'r2', content: versions(...ids) })

describe('the three version columns', () => {
  test('added, never released, nothing newer', () => {
    expect(shown(row('orders', 'orders-1'), { packages: versions('orders-1') })).toEqual([
      '',
      'orders-1',
      '',
      'orders-1',
    ])
  })

  test('R-13 added, never released, newer shareable version since: latest, and pending stays', () => {
    expect(shown(row('orders', 'orders-1'), { packages: versions('orders-1', 'orders-2') })).toEqual([
      '',
      'orders-1',
      'orders-2',
      'orders-2',
    ])
  })

  test('in the current release, nothing newer', () => {
    const facts = { packages: versions('orders-1'), current: versions('orders-1') }
    expect(shown(row('orders'), facts)).toEqual(['orders-1', '', '', 'orders-1'])
  })

  test('R-13 in the current release, newer shareable version', () => {
    const facts = { packages: versions('orders-1', 'orders-2'), current: versions('orders-1') }
    expect(shown(row('orders'), facts)).toEqual(['orders-1', '', 'orders-2', 'orders-2'])
  })

  test('R-14 a newer version that is deleted or not shareable is not latest', () => {
    const packages = [
      ...versions('orders-1'),
      version('orders-2', { isDeleted: true }),
      version('orders-3', { shareable: false }),
    ]
    expect(shown(row('orders'), { packages, current: versions('orders-1') })).toEqual([
      'orders-1',
      '',
      '',
      'orders-1',
    ])
  })

  test('R-32 scheduled: the scheduled version is pending, current stays', () => {
    const facts = {
      packages: versions('orders-1', 'orders-2'),
      current: versions('orders-1'),
      scheduled: scheduled('orders-2'),
    }
    expect(shown(row('orders'), facts)).toEqual(['orders-1', 'orders-2', '', 'orders-2'])
  })

  test('R-38 a version packaged after the scheduling is latest, pending stays', () => {
    const facts = {
      packages: versions('orders-1', 'orders-2', 'orders-3'),
      current: versions('orders-1'),
      scheduled: scheduled('orders-2'),
    }
    expect(shown(row('orders'), facts)).toEqual(['orders-1', 'orders-2', 'orders-3', 'orders-3'])
  })

  test('a rollback is scheduled: the version to leave is not offered as latest', () => {
    const facts = {
      packages: versions('orders-1', 'orders-2', 'orders-3'),
      current: versions('orders-3'),
      scheduled: scheduled('orders-1'),
    }
    expect(shown(row('orders'), facts)).toEqual(['orders-3', 'orders-1', '', 'orders-1'])
  })

  test('R-37 after a rollback the newer version is latest again', () => {
    const facts = { packages: versions('orders-1', 'orders-2'), current: versions('orders-1') }
    expect(shown(row('orders'), facts)).toEqual(['orders-1', '', 'orders-2', 'orders-2'])
  })

  test('R-15 removed: Deleted, current still there, latest blank, left out of a release', () => {
    const facts = { packages: versions('orders-1', 'orders-2'), current: versions('orders-1') }
    expect(shown(row('orders', null, { isRemoved: true }), facts)).toEqual(['orders-1', 'Deleted', '', ''])
  })

  test('D-9 removed before its first release: Deleted, current blank', () => {
    const facts = { packages: versions('orders-1') }
    expect(shown(row('orders', 'orders-1', { isRemoved: true }), facts)).toEqual(['', 'Deleted', '', ''])
  })

  test('R-39 left out of a confirmed release: Deleted', () => {
    const facts = {
      packages: versions('orders-1'),
      current: versions('orders-1'),
      scheduled: scheduled('stock-1'),
    }
    const rows = packRows(
      packState({ items: [row('orders', null, { leavesWithReleaseId: 'r2' })], ...facts }),
    )
    expect(rows[0]).toMatchObject({
      componentId: 'orders',
      pending: { kind: 'deleted' },
      defaultVersion: null,
    })
  })

  test('added while a release is scheduled: pending for the following one', () => {
    const facts = { packages: versions('orders-1', 'stock-1'), scheduled: scheduled('stock-1') }
    const [orders] = packRows(packState({ items: [row('orders', 'orders-1'), row('stock')], ...facts }))
    expect(orders).toMatchObject({ pending: { kind: 'version', package: { id: 'orders-1' } } })
  })

  test('a component that only the scheduled release contains is a row too', () => {
    const facts = { packages: versions('orders-1'), scheduled: scheduled('orders-1') }
    expect(packRows(packState({ items: [], ...facts }))).toMatchObject([
      { componentId: 'orders', current: null, pending: { kind: 'version', package: { id: 'orders-1' } } },
    ])
  })

  test('what is already current is not pending', () => {
    const facts = { packages: versions('orders-1'), current: versions('orders-1') }
    expect(shown(row('orders', 'orders-1'), facts)).toEqual(['orders-1', '', '', 'orders-1'])
  })
})
