import { describe, expect, test } from 'vitest'
import { planEditProfile } from './plan-edit-profile.ts'

describe('names', () => {
  test('are stored without spaces around and control characters', () => {
    expect(planEditProfile({ firstName: '  Ada\u0000 ', lastName: '' })).toEqual({
      kind: 'planned',
      changes: { firstName: 'Ada', lastName: '' },
    })
  })

  test('100 characters are accepted, 101 are not', () => {
    expect(planEditProfile({ firstName: ` ${'ü'.repeat(100)} ` }).kind).toBe('planned')
    expect(planEditProfile({ firstName: 'ü'.repeat(101) })).toEqual({
      kind: 'refused',
      reason: 'first-name-too-long',
    })
    expect(planEditProfile({ lastName: 'ü'.repeat(101) })).toEqual({
      kind: 'refused',
      reason: 'last-name-too-long',
    })
  })
})

describe('R-45, D-14 the time zone', () => {
  test('an alias is stored under its modern name', () => {
    expect(planEditProfile({ timeZone: 'Asia/Katmandu' })).toEqual({
      kind: 'planned',
      changes: { timeZone: 'Asia/Kathmandu' },
    })
  })

  test.each([
    '',
    ' ',
    'IST',
    'CST',
    'EST',
    '+05:30',
    'UTC+1',
    'Europe/Berlinn',
    ' Europe/Berlin',
    'Mars/Olympus',
  ])('“%s” is refused', (timeZone) => {
    expect(planEditProfile({ timeZone })).toEqual({ kind: 'refused', reason: 'time-zone-unknown' })
  })
})

test('what is left out is not changed', () => {
  expect(planEditProfile({})).toEqual({ kind: 'planned', changes: {} })
})
