import { describe, expect, test } from 'vitest'
import { planCancel } from './plan-cancel.ts'
import { planReleaseNow } from './plan-release-now.ts'
import { planReschedule } from './plan-reschedule.ts'
import { planRetry } from './plan-retry.ts'
import { mayBecome, type ReleaseStatus, releasePhase, releaseStatusTable } from './release-status.ts'
import { now } from './test-data/packs.ts'

const dated = { status: 'SCHEDULED', timing: 'DATED' } as const
const tokyo = { timeZone: 'Asia/Tokyo' }

const notScheduled: [ReleaseStatus, 'IMMEDIATE' | 'DATED', string][] = [
  ['IN_PROGRESS', 'DATED', 'release-already-out'],
  ['SUCCESS', 'DATED', 'release-already-out'],
  ['ERROR', 'DATED', 'release-already-out'],
  ['SCHEDULED', 'IMMEDIATE', 'release-already-out'],
  ['SUPERSEDED', 'DATED', 'release-not-scheduled'],
  ['CANCELLED', 'DATED', 'release-not-scheduled'],
]

describe('R-41 reschedule takes the zone of the one who reschedules', () => {
  test('the same date in another zone is another instant (b16)', () => {
    const first = planReschedule(dated, '2026-11-28', tokyo, now)
    const second = planReschedule(dated, '2026-11-28', { timeZone: 'Europe/Berlin' }, now)
    expect(first).toMatchObject({ kind: 'planned', schedule: { timeZone: 'Asia/Tokyo' } })
    expect(second).toMatchObject({ kind: 'planned', schedule: { timeZone: 'Europe/Berlin' } })
    expect(first.kind === 'planned' && first.schedule.dueAt.toString()).toBe('2026-11-27T15:00:00Z')
    expect(second.kind === 'planned' && second.schedule.dueAt.toString()).toBe('2026-11-27T23:00:00Z')
  })

  test.each([
    ['2026-11-20', 'date-is-today'],
    ['2027-12-25', 'date-too-far'],
    ['', 'date-missing'],
  ])('date %j is refused: %s', (date, reason) => {
    expect(planReschedule(dated, date, tokyo, now)).toMatchObject({ kind: 'refused', reason })
  })

  test('a zone is needed', () => {
    expect(planReschedule(dated, '2026-11-28', { timeZone: null }, now)).toMatchObject({
      reason: 'time-zone-missing',
    })
  })

  test.each(notScheduled)('not a release in %s, %s', (status, timing, reason) => {
    expect(planReschedule({ status, timing }, '2026-11-28', tokyo, now)).toEqual({ kind: 'refused', reason })
  })
})

describe('D-2 release now', () => {
  test('makes the scheduled release due at once', () => {
    expect(planReleaseNow(dated, now)).toMatchObject({
      kind: 'planned',
      schedule: { timing: 'IMMEDIATE', dueAt: now, releaseOn: null },
    })
  })

  test.each(notScheduled)('not a release in %s, %s', (status, timing, reason) => {
    expect(planReleaseNow({ status, timing }, now)).toEqual({ kind: 'refused', reason })
  })
})

describe('D-1 cancel needs a reason of 1 to 500 characters', () => {
  test.each([
    ['', 'cancel-reason-missing'],
    [' \n\u0000', 'cancel-reason-missing'],
    ['x'.repeat(501), 'cancel-reason-too-long'],
  ])('%j is refused', (reason, refusal) => {
    expect(planCancel(dated, reason)).toEqual({ kind: 'refused', reason: refusal })
  })

  test('the reason is kept, trimmed', () => {
    expect(planCancel(dated, ' Found a fault ')).toEqual({ kind: 'planned', cancelReason: 'Found a fault' })
    expect(planCancel(dated, 'x'.repeat(500)).kind).toBe('planned')
  })

  test.each(notScheduled)('not a release in %s, %s', (status, timing, reason) => {
    expect(planCancel({ status, timing }, 'Found a fault')).toEqual({ kind: 'refused', reason })
  })
})

describe('try again', () => {
  const pack = { latestSequence: 3, isReleasing: false }

  test('a failed release is due at once', () => {
    expect(planRetry({ status: 'ERROR', sequence: 3 }, pack, now)).toEqual({
      kind: 'planned',
      nextTryAt: now,
    })
  })

  test('only a failed one, only the latest, only when nothing is going out', () => {
    const failed = { status: 'ERROR', sequence: 3 } as const
    const reasonOf = (...[release, state]: [Parameters<typeof planRetry>[0], typeof pack]) =>
      planRetry(release, state, now)
    expect(reasonOf({ status: 'SUCCESS', sequence: 3 }, pack)).toMatchObject({ reason: 'release-not-failed' })
    expect(reasonOf(failed, { ...pack, latestSequence: 4 })).toMatchObject({ reason: 'release-replaced' })
    expect(reasonOf(failed, { ...pack, isReleasing: true })).toMatchObject({ reason: 'release-in-progress' })
  })
})

describe('release states', () => {
  const all = Object.keys(releaseStatusTable) as ReleaseStatus[] // the record is keyed by ReleaseStatus

  test('what may follow what', () => {
    const steps = all.flatMap((from) =>
      all.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
    )
    expect(steps).toEqual([
      'SCHEDULED → SCHEDULED',
      'SCHEDULED → IN_PROGRESS',
      'SCHEDULED → SUPERSEDED',
      'SCHEDULED → CANCELLED',
      'IN_PROGRESS → SUCCESS',
      'IN_PROGRESS → ERROR',
      'ERROR → IN_PROGRESS',
      'ERROR → SUPERSEDED',
    ])
  })

  test('an immediate release is going out from its confirmation', () => {
    expect(releasePhase({ status: 'SCHEDULED', timing: 'IMMEDIATE' })).toBe('going-out')
    expect(releasePhase({ status: 'SCHEDULED', timing: 'DATED' })).toBe('waiting-for-date')
    expect(releasePhase({ status: 'IN_PROGRESS', timing: 'DATED' })).toBe('going-out')
    expect(releasePhase({ status: 'ERROR', timing: 'DATED' })).toBe('over')
  })
})
