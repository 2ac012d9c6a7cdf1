import { describe, expect, test } from 'vitest'
import { deriveDueAt } from './derive-due-at.ts'
import { lateness } from './lateness.ts'
import { releaseOptionTable } from './release-schedule.ts'
import { afterFailure, releaseAttemptLimit, retryDelaySeconds } from './retry-policy.ts'
import { now } from './test-data/packs.ts'

const instant = (text: string) => Temporal.Instant.from(text)

describe('R-43 a missed window makes the release late, never lost', () => {
  const windowEnd = instant('2026-11-28T00:00:00Z')

  test.each([
    ['2026-11-27T23:00:00Z', null],
    ['2026-11-27T23:59:59.999Z', null],
    ['2026-11-28T00:00:00Z', 'PT0S'],
    ['2026-11-28T00:20:00Z', 'PT20M'],
    ['2026-12-01T01:00:00Z', 'PT73H'],
  ])('finished at %s: late by %s', (finishedAt, by) => {
    const outcome = lateness(windowEnd, instant(finishedAt))
    expect(outcome.kind === 'late' ? outcome.by.toString() : null).toBe(by)
  })
})

describe('retries', () => {
  test('wait 5 seconds, doubling, at most 5 minutes', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(retryDelaySeconds)).toEqual([5, 10, 20, 40, 80, 160, 300, 300])
  })

  test('after the last attempt the release has failed', () => {
    expect(afterFailure(1, now)).toEqual({ kind: 'retry', nextTryAt: now.add({ seconds: 5 }) })
    expect(afterFailure(releaseAttemptLimit - 1, now).kind).toBe('retry')
    expect(afterFailure(releaseAttemptLimit, now)).toEqual({ kind: 'failed' })
  })

  test('all waits together stay well inside the window', () => {
    const waits = Array.from({ length: releaseAttemptLimit - 1 }, (_, n) => retryDelaySeconds(n + 1))
    expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(20 * 60)
  })
})

describe('D-25 the due instant is derived again when the zone data changed', () => {
  const casablanca = { releaseOn: '2027-06-01', timeZone: 'Africa/Casablanca' }
  const due = deriveDueAt({ ...casablanca, dueAt: now })

  test('moved to where this zone data puts it (b17, b18)', () => {
    expect(due).toMatchObject({ kind: 'moved' })
    if (due.kind !== 'moved') return
    expect(due.window.end.since(due.dueAt).total('minutes')).toBe(60)
    expect(due.dueAt.toZonedDateTimeISO('Africa/Casablanca').toPlainDate().toString()).toBe('2027-06-01')
  })

  test('unchanged when it is there already', () => {
    const dueAt = due.kind === 'moved' ? due.dueAt : now
    expect(deriveDueAt({ ...casablanca, dueAt })).toEqual({ kind: 'unchanged' })
  })

  test('a zone that this data does not have moves nothing (b19)', () => {
    expect(deriveDueAt({ releaseOn: '2027-06-01', timeZone: 'America/Nowhere', dueAt: now })).toEqual({
      kind: 'zone-unknown',
    })
  })

  test('R-41 the zone is the release’s, whatever its scheduler’s profile says now (b15)', () => {
    const tokyo = deriveDueAt({ releaseOn: '2027-06-01', timeZone: 'Asia/Tokyo', dueAt: now })
    expect(tokyo.kind === 'moved' && tokyo.dueAt.toString()).toBe('2027-05-31T15:00:00Z')
  })
})

test('R-30 the confirm button follows the option', () => {
  expect(releaseOptionTable).toEqual({
    immediate: { label: 'Release immediately', confirmButton: 'Release Integration Pack' },
    dated: { label: 'Release on specified date', confirmButton: 'Schedule Integration Pack Release' },
  })
})
