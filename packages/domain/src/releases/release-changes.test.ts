import { describe, expect, test } from 'vitest'
import { releaseChanges } from './release-changes.ts'
import { rollbackSelection } from './rollback-selection.ts'
import { packState, row, version, versions } from './test-data/packs.ts'

describe('what changes from one content to another', () => {
  test('added, updated, rolled back, unchanged, removed', () => {
    const from = versions('a-1', 'b-2', 'c-1', 'd-1')
    const to = versions('a-2', 'b-1', 'c-1', 'e-1')
    const { changes, counts, hasChanges, isRollback } = releaseChanges(from, to)
    expect(changes.map(({ kind, componentId }) => `${componentId} ${kind}`)).toEqual([
      'a updated',
      'b rolled-back',
      'c unchanged',
      'e added',
      'd removed',
    ])
    expect(counts).toEqual({ added: 1, updated: 1, 'rolled-back': 1, unchanged: 1, removed: 1 })
    expect(hasChanges).toBe(true)
    expect(isRollback).toBe(true)
  })

  test('equal contents in another order have no changes', () => {
    const outcome = releaseChanges(versions('a-1', 'b-1'), versions('b-1', 'a-1'))
    expect(outcome).toMatchObject({ hasChanges: false, isRollback: false, counts: { unchanged: 2 } })
  })

  test('nothing to nothing has no changes', () => {
    expect(releaseChanges([], [])).toMatchObject({ changes: [], hasChanges: false })
  })

  test('the ordinal tells the direction, not the version text', () => {
    const from = [version('a-1', { version: '9.0' })]
    const to = [version('a-2', { version: '1.0' })]
    expect(releaseChanges(from, to)).toMatchObject({ isRollback: false, counts: { updated: 1 } })
  })
})

describe('R-37, D-5 roll back to an earlier release', () => {
  const pack = packState({
    items: [row('orders'), row('new')],
    packages: versions('orders-1', 'orders-2', 'gone-1', 'new-1'),
    current: versions('orders-2', 'new-1'),
    earlierComponentIds: ['orders', 'gone', 'new'],
  })

  test('selects its versions, also of components that have left the pack since', () => {
    expect(rollbackSelection(versions('orders-1', 'gone-1'), pack)).toMatchObject({
      selections: [
        { componentId: 'orders', packageId: 'orders-1' },
        { componentId: 'gone', packageId: 'gone-1' },
      ],
      unavailable: [],
      leavingComponentIds: ['new'],
      changes: { isRollback: true, counts: { 'rolled-back': 1, added: 1, removed: 1 } },
    })
  })

  test('says which versions cannot be taken any more', () => {
    const packages = [...versions('orders-1'), version('gone-1', { isDeleted: true })]
    const outcome = rollbackSelection(versions('orders-1', 'gone-1'), { ...pack, packages })
    expect(outcome.unavailable).toEqual([{ componentId: 'gone', reason: 'version-deleted' }])
    expect(outcome.selections).toEqual([{ componentId: 'orders', packageId: 'orders-1' }])
  })
})
