import { describe, expect, test } from 'vitest'
import { standingOf, summaryText, tookText } from './punctuality-words.ts'

const summary = { since: '', releases: 3, finished: 3, late: 0, medianSeconds: 0.44, worst: null, days: [] }

describe('the summary in words', () => {
  test.each([
    [{}, 'The median until a release was current everywhere is 0.4 s, and none was late.'],
    [{ late: 1 }, 'is 0.4 s, and 1 was late.'],
    [{ late: 2 }, 'and 2 were late.'],
    [
      { releases: 1, finished: 1 },
      '1 release was due in the last 90 days. It was current everywhere after 0.4 s',
    ],
  ])('%o', (facts, text) => {
    expect(summaryText({ ...summary, ...facts })).toContain(text)
  })

  test('while nothing is out it says no more than how many', () => {
    expect(summaryText({ ...summary, finished: 0, medianSeconds: null })).toBe(
      '3 releases were due in the last 90 days.',
    )
  })
})

test('few seconds have a digit more', () => {
  expect([0, 0.04, 0.1, 9.96, 12.4, 125].map(tookText)).toEqual([
    'under 0.1 s',
    'under 0.1 s',
    '0.1 s',
    '10 s',
    '12 s',
    '2 min 5 s',
  ])
})

test('how a release kept its time', () => {
  const row = {
    releaseId: '',
    packId: '',
    packName: '',
    sequence: 1,
    dueAt: '',
    windowEndsAt: '',
    startedAt: null,
    finishedAt: null,
    tookSeconds: null,
    updated: 0,
  }
  const label = (facts: Partial<Parameters<typeof standingOf>[0]>) =>
    standingOf({ ...row, timing: 'DATED', status: 'SUCCESS', lateBySeconds: null, ...facts }).label
  expect(label({})).toBe('In its window')
  expect(label({ timing: 'IMMEDIATE' })).toBe('At once')
  expect(label({ lateBySeconds: 90 })).toBe('1 min 30 s late')
  expect(label({ status: 'SCHEDULED', lateBySeconds: 90 })).toBe('Not begun, 1 min 30 s late')
  expect(label({ status: 'IN_PROGRESS' })).toBe('Going out')
  expect(label({ status: 'ERROR', lateBySeconds: 90 })).toBe('Failed, 1 min 30 s late')
})
