import { describe, expect, test } from 'vitest'
import { itemsAfterRelease } from './items-after-release.ts'
import { row } from './test-data/packs.ts'

const release = { id: 'r2', componentIds: ['orders', 'stock'] }

describe('R-36 after the release', () => {
  test('nothing is pending and the rows left out are gone', () => {
    const items = [row('orders', 'orders-2'), row('stock'), row('old', null, { leavesWithReleaseId: 'r2' })]
    expect(itemsAfterRelease(items, release)).toEqual([row('orders'), row('stock')])
  })

  test('a component without a row has one', () => {
    expect(itemsAfterRelease([row('orders')], release)).toEqual([row('orders'), row('stock')])
  })
})

describe('R-38 what happened after the confirmation waits for the following release', () => {
  test('a row added since keeps its pending version', () => {
    const items = [row('orders'), row('stock'), row('new', 'new-1')]
    expect(itemsAfterRelease(items, release)).toContainEqual(row('new', 'new-1'))
  })

  test('a row removed since stays removed', () => {
    const items = [row('orders', 'orders-2', { isRemoved: true }), row('stock')]
    expect(itemsAfterRelease(items, release)).toContainEqual(row('orders', null, { isRemoved: true }))
  })

  test('a row undeleted since stays, with what it has pending', () => {
    const items = [row('orders'), row('stock'), row('old', 'old-1')]
    expect(itemsAfterRelease(items, release)).toContainEqual(row('old', 'old-1'))
  })

  test('a row that leaves with another release stays', () => {
    const leavesLater = row('old', null, { leavesWithReleaseId: 'r3' })
    expect(itemsAfterRelease([row('orders'), row('stock'), leavesLater], release)).toContainEqual(leavesLater)
  })
})
