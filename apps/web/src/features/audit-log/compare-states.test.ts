import { expect, test } from 'vitest'
import { compareStates } from './compare-states.ts'

const rows = (before: unknown, after: unknown) =>
  compareStates(before, after).map((row) => [row.name, row.before, row.after, row.kind])

test('a field is added, removed, changed or the same', () => {
  expect(
    rows({ name: 'East', size: 1, isLive: true }, { name: 'West', isLive: true, dueAt: '2026-11-20' }),
  ).toEqual([
    ['Name', 'East', 'West', 'changed'],
    ['Size', '1', null, 'removed'],
    ['Is live', 'yes', 'yes', 'same'],
    ['Due at', null, '2026-11-20', 'added'],
  ])
})

test('nothing, an empty text and an empty list are told apart from a field that is not there', () => {
  expect(rows({ zone: null, notes: '', scopes: [] }, { zone: 'UTC' })).toEqual([
    ['Zone', 'none', 'UTC', 'changed'],
    ['Notes', 'empty', null, 'removed'],
    ['Scopes', 'none', null, 'removed'],
  ])
  expect(rows(null, undefined)).toEqual([])
})

test('lists of values stand together, lists of things are numbered, fields within fields stand by themselves', () => {
  expect(
    rows(
      { accountIds: ['a', 'b'], packages: [{ componentId: 'x', version: '1.0' }] },
      { accountIds: ['a'], packages: [{ componentId: 'x', version: '2.0' }], timing: { kind: 'now' } },
    ),
  ).toEqual([
    ['Account IDs', 'a, b', 'a', 'changed'],
    ['Packages › 1 › component ID', 'x', 'x', 'same'],
    ['Packages › 1 › version', '1.0', '2.0', 'changed'],
    ['Timing › kind', null, 'now', 'added'],
  ])
})

test('what is no object is shown as it is', () => {
  expect(rows('one', ['two', 3])).toEqual([['Value', 'one', 'two, 3', 'changed']])
})
