import type { ReleaseDraft } from '@packline/contract/releases.ts'
import { expect, test } from 'vitest'
import { noVersions } from './wizard-address.ts'
import {
  changesAnything,
  chooseVersion,
  componentsToLookUp,
  selectionsOf,
  wizardRows,
} from './wizard-rows.ts'

const version = (ordinal: number) => ({ packageId: `p${ordinal}`, version: `${ordinal}.0`, ordinal })
const row = {
  componentId: 'orders',
  componentName: 'Orders',
  componentType: 'process' as const,
  current: version(3),
  selected: version(4),
  problem: null,
  versionCount: 4,
}
const draft: ReleaseDraft = {
  packId: 'pack',
  packName: 'Orders to ERP',
  packVersion: 7,
  replaces: null,
  rollsBackTo: null,
  rows: [row],
  removed: [],
  dropped: [],
  notes: '',
  scheduled: null,
}
const all = new Map([['orders', [version(4), version(3), version(2), version(1)]]])

test.each([
  ['the preselected newest', noVersions, { chosen: version(4), kind: 'updated', isOwnChoice: false }],
  [
    'an older one',
    new Map([['orders', 'p2']]),
    { chosen: version(2), kind: 'rolled-back', isOwnChoice: true },
  ],
  [
    'the current one',
    new Map([['orders', 'p3']]),
    { chosen: version(3), kind: 'unchanged', isOwnChoice: true },
  ],
])('%s shows its direction', (_what, chosen, expected) => {
  const { rows, refused } = wizardRows(draft, chosen, all)
  expect(rows[0]).toMatchObject(expected)
  expect(refused).toEqual([])
})

test('a component that was never released is new, whatever its version', () => {
  const { rows, counts } = wizardRows({ ...draft, rows: [{ ...row, current: null }] }, noVersions, all)
  expect(rows[0]?.kind).toBe('added')
  expect(counts).toEqual({ added: 1, updated: 0, 'rolled-back': 0, unchanged: 0, removed: 0 })
})

test('a choice out of the address is looked up before it counts', () => {
  const chosen = new Map([['orders', 'p2']])
  expect(componentsToLookUp(draft, chosen)).toEqual(['orders'])
  const { rows } = wizardRows(draft, chosen, new Map())
  expect(rows[0]?.chosen).toBeNull()
  expect(selectionsOf(rows)).toBeNull()
  expect(componentsToLookUp(draft, new Map([['orders', 'p3']]))).toEqual([])
})

test('what the pack does not have is refused in words, and the preselected version stands', () => {
  const chosen = new Map([
    ['orders', 'p9'],
    ['bills', 'p1'],
  ])
  const { rows, refused } = wizardRows(draft, chosen, all)
  expect(refused).toEqual([
    'a component that is not part of this release',
    'a version of Orders that cannot be released',
  ])
  expect(selectionsOf(rows)).toEqual([{ componentId: 'orders', packageId: 'p4' }])
})

test('choosing the preselected version again takes the choice back', () => {
  const chosen = chooseVersion(noVersions, row, 'p2')
  expect([...chosen]).toEqual([['orders', 'p2']])
  expect(chooseVersion(chosen, row, 'p4')).toBe(noVersions)
})

test('a release without any change is told apart', () => {
  const same = { ...draft, rows: [{ ...row, selected: version(3) }] }
  expect(changesAnything(wizardRows(same, noVersions, all))).toBe(false)
  const gone = { componentId: 'b', componentName: 'B', componentType: 'process' as const, version: '1' }
  expect(changesAnything(wizardRows({ ...same, removed: [gone] }, noVersions, all))).toBe(true)
})
