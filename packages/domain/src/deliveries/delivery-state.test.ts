import { expect, test } from 'vitest'
import { type DeliveryState, deliveryOfAtom, type ReportedState, takeReport } from './delivery-state.ts'

test.each<[DeliveryState | null, ReportedState, DeliveryState]>([
  [null, 'DOWNLOADING', 'DOWNLOADING'],
  [null, 'ACTIVE', 'ACTIVE'],
  ['WAITING', 'DOWNLOADING', 'DOWNLOADING'],
  ['WAITING', 'FAILED', 'FAILED'],
  ['DOWNLOADING', 'DOWNLOADING', 'DOWNLOADING'],
  ['DOWNLOADING', 'ACTIVE', 'ACTIVE'],
  ['DOWNLOADING', 'FAILED', 'FAILED'],
  ['FAILED', 'DOWNLOADING', 'DOWNLOADING'],
  ['FAILED', 'ACTIVE', 'ACTIVE'],
  // Came late, after the node had finished.
  ['ACTIVE', 'DOWNLOADING', 'ACTIVE'],
  ['ACTIVE', 'ACTIVE', 'ACTIVE'],
  // The node lost it again and could not mend it.
  ['ACTIVE', 'FAILED', 'FAILED'],
  // Back to a release of before.
  ['SUPERSEDED', 'DOWNLOADING', 'DOWNLOADING'],
])('D-19 %s, reported %s: %s', (state, reported, expected) => {
  const decision = takeReport({ wantedReleaseId: 'r1', state }, { releaseId: 'r1', state: reported })
  expect(decision).toEqual({
    kind: 'taken',
    state: expected,
    isChange: expected !== state,
    countsAsAttempt: expected === 'FAILED',
  })
})

test.each<ReportedState>(['DOWNLOADING', 'ACTIVE', 'FAILED'])(
  'D-19 %s of a release that is wanted no more is refused',
  (state) => {
    expect(takeReport({ wantedReleaseId: 'r2', state: 'WAITING' }, { releaseId: 'r1', state })).toEqual({
      kind: 'refused',
      reason: 'release-superseded',
    })
  },
)

test.each<[DeliveryState[], DeliveryState | undefined]>([
  [[], undefined],
  [['ACTIVE'], 'ACTIVE'],
  [['ACTIVE', 'ACTIVE'], 'ACTIVE'],
  [['ACTIVE', 'WAITING'], 'WAITING'],
  [['WAITING', 'DOWNLOADING'], 'DOWNLOADING'],
  [['ACTIVE', 'DOWNLOADING'], 'DOWNLOADING'],
  [['WAITING', 'WAITING'], 'WAITING'],
  [['ACTIVE', 'FAILED', 'DOWNLOADING'], 'FAILED'],
  [['ACTIVE', 'SUPERSEDED'], 'ACTIVE'],
  [['SUPERSEDED', 'SUPERSEDED'], 'SUPERSEDED'],
])('D-19 a Molecule with %j: %s', (nodes, expected) => {
  expect(deliveryOfAtom(nodes)).toBe(expected)
})
